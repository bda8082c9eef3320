import type { View } from 'vega';
import type { PageChart, VegaSpec } from '../payload.js';

declare const vega: typeof import('vega');
declare const vegaTooltip: { Handler: new () => { call: never } };

/** In px. */
const WIDEST = 720;

interface Drawn {
  view: View;
  /** As it was given, in the colours of the light theme. */
  spec: VegaSpec;
  rows: Record<string, object[]>;
}

const views = new Map<HTMLElement, Drawn>();

/** For each colour of the light theme that of the dark one; undefined while the screen is light. */
let dark: Readonly<Record<string, string>> | undefined;

/** Draws all charts again when the screen turns dark or light, and for paper in the light colours. */
export function setUpColours(colours: Readonly<Record<string, string>>): void {
  const screen = window.matchMedia('(prefers-color-scheme: dark)');
  const choose = (isDark: boolean) => {
    if (isDark === (dark !== undefined)) return;
    dark = isDark ? colours : undefined;
    for (const [place, { view, spec, rows }] of views) void redraw(place, view, spec, rows);
  };
  if (screen.matches) dark = colours;
  screen.addEventListener('change', () => choose(screen.matches));
  window.addEventListener('beforeprint', () => choose(false));
  window.addEventListener('afterprint', () => choose(screen.matches));
}

async function redraw(place: HTMLElement, before: View, spec: VegaSpec, rows: Drawn['rows']): Promise<void> {
  const shown = ['from', 'to'].filter((name) => spec.signals?.some((signal) => signal.name === name));
  const values = shown.map((name) => before.signal(name));
  const view = await draw(place, spec, rows);
  for (const [i, name] of shown.entries()) view.signal(name, values[i]);
  await view.runAsync();
}

function inColours(spec: VegaSpec): VegaSpec {
  return JSON.parse(JSON.stringify(spec), (_, value) =>
    typeof value === 'string' ? (dark?.[value.toLowerCase()] ?? value) : value,
  );
}

/** What is drawn in a place; undefined where nothing is yet. */
export function viewOf(place: HTMLElement): View | undefined {
  return views.get(place)?.view;
}

/** Keeps every chart as wide as its place; on paper the style sheet says how wide charts are. */
export function fitCharts(): void {
  window.addEventListener('resize', () => {
    if (!window.matchMedia('print').matches) views.forEach(({ view }, place) => void fit(view, place));
  });
}

/** Draws a spec, with rows in place of its named data, as wide as its place. */
export async function draw(
  place: HTMLElement,
  spec: VegaSpec,
  rows: Record<string, object[]> = {},
): Promise<View> {
  views.get(place)?.view.finalize();
  const filled = inColours(spec);
  for (const data of filled.data ?? []) if (rows[data.name]) data.values = rows[data.name]!;
  const view = new vega.View(vega.parse(filled as never), {
    container: place.querySelector<HTMLElement>('.drawing')!,
    renderer: 'svg',
    hover: true,
    logLevel: vega.Error,
  });
  view.tooltip(new vegaTooltip.Handler().call);
  views.set(place, { view, spec, rows });
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
