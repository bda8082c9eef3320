import type { View } from 'vega';
import type { PageChart, VegaSpec } from '../payload.js';

declare const vega: typeof import('vega');
declare const vegaTooltip: { Handler: new () => { call: never } };

/** In px. */
const WIDEST = 720;

const views = new Map<HTMLElement, { view: View; spec: VegaSpec }>();

/** Keeps every chart as wide as its place. */
export function fitCharts(): void {
  window.addEventListener('resize', () => views.forEach(({ view }, place) => void fit(view, place)));
}

/** Draws a spec, with rows in place of its named data, as wide as its place. */
export async function draw(
  place: HTMLElement,
  spec: VegaSpec,
  rows: Record<string, object[]> = {},
): Promise<View> {
  views.get(place)?.view.finalize();
  const filled = structuredClone(spec);
  for (const data of filled.data ?? []) if (rows[data.name]) data.values = rows[data.name]!;
  const view = new vega.View(vega.parse(filled as never), {
    container: place.querySelector<HTMLElement>('.drawing')!,
    renderer: 'svg',
    hover: true,
    logLevel: vega.Error,
  });
  view.tooltip(new vegaTooltip.Handler().call);
  views.set(place, { view, spec: filled });
  await view.runAsync();
  await fit(view, place);
  return view;
}

/** What was drawn in a place, as it is seen now. */
export async function svgOf(place: HTMLElement): Promise<string> {
  return views.get(place)!.view.toSVG();
}

export function scale(chart: PageChart, log: HTMLInputElement): VegaSpec {
  return log.checked ? chart.log : chart.linear;
}

/** Widens or narrows the plots until the picture is as wide as its place. */
async function fit(view: View, place: HTMLElement): Promise<void> {
  const { spec } = views.get(place)!;
  const signals = (spec.signals ?? []).filter(({ name, value }) => /width$/i.test(name) && Number(value) > 0);
  const names = signals.length > 0 ? signals.map(({ name }) => name) : ['width'];
  const target = Math.min(place.clientWidth, WIDEST);
  let slope = names.length;
  for (let tries = 0; tries < 5; tries++) {
    const [width, drawn] = [view.signal(names[0]!) as number, drawnWidth(place)];
    if (Math.abs(drawn - target) < 1.5) return;
    const next = Math.max(40, Math.floor(width + (target - drawn) / slope));
    if (next === width) return;
    for (const name of names) view.signal(name, next);
    await view.resize().runAsync();
    slope = Math.max(0.5, (drawnWidth(place) - drawn) / (next - width));
  }
}

function drawnWidth(place: HTMLElement): number {
  return place.querySelector('svg')!.getBoundingClientRect().width;
}
