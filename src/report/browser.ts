/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * The script of the report's page. It runs in the reader's browser as it is compiled, so it imports types alone; `vega`
 * and `vegaTooltip` are in the page before it. Text from the data only ever becomes text nodes and attributes.
 */
import type { View } from 'vega';
import type { RunTimeline } from '../analysis/run-timelines.js';
import type { Measure, PageChart, PageRun, Payload, VegaSpec } from './payload.js';

declare const vega: typeof import('vega');
declare const vegaTooltip: { Handler: new () => { call: never } };

/** Of a chart in px, and of a table in rows. */
const [WIDEST, MOST_ROWS] = [720, 400];

const payload: Payload = JSON.parse(byId('payload').textContent!);
const views = new Map<HTMLElement, { view: View; spec: VegaSpec }>();

for (const { name, spec } of payload.figures) {
  const place = byId(`figure-${name}`);
  await draw(place, spec);
  tools(place, name, () => tableOf(spec.data ?? []));
}
setUpComparison();
setUpTimeline();
setUpRuns();
window.addEventListener('resize', () => views.forEach(({ view }, place) => void fit(view, place)));
document.documentElement.dataset['drawn'] = 'yes';

/** Draws a spec, with rows in place of its named data, as wide as its place. */
async function draw(place: HTMLElement, spec: VegaSpec, rows: Record<string, object[]> = {}): Promise<View> {
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

function setUpComparison(): void {
  const place = byId('compare-chart');
  const [scenario, measure, log] = [select('scenario'), select('measure'), checkbox('compare-log')];
  const note = byId('compare-note');
  const rows = () => {
    const name = measure.value as Measure;
    return chosen(payload.runs, scenario.value)
      .map((run) => ({ ...run, value: run[name] }))
      .filter(({ value }) => value !== null && (!log.checked || value > 0));
  };
  const update = async () => {
    const shown = rows();
    note.textContent = `${shown.length} of ${payload.runs.length} usable runs`;
    await draw(place, scale(payload.compare, log), { runs: shown });
  };
  tools(place, 'runs', () => rows().map(({ value: _, ...run }) => run));
  for (const input of [scenario, measure, log]) input.addEventListener('change', update);
  void update();
}

function setUpTimeline(): void {
  const place = byId('timeline-chart');
  const [scenario, run, log] = [select('scenario'), select('run'), checkbox('timeline-log')];
  const [from, to] = [number('from'), number('to')];
  let view: View | undefined;
  let rows: Record<string, object[]> = {};
  if (payload.timelines.length === 0) return;

  const span = (low: number, high: number) => {
    const end = current().duration_s;
    const least = current().width_s;
    const [a, b] = [Math.max(0, Math.min(low, end - least)), Math.min(end, high)];
    [from.value, to.value] = [show(a), show(Math.max(b, a + least))];
    void view?.signal('from', Number(from.value)).signal('to', Number(to.value)).runAsync();
  };
  const current = () => payload.timelines.find(({ run_id }) => run_id === run.value) ?? payload.timelines[0]!;
  const update = async () => {
    const line = current();
    rows = timelineRows(line);
    view = await draw(place, scale(payload.timeline, log), rows);
    for (const input of [from, to]) input.max = String(line.duration_s);
    span(Math.min(Number(from.value), line.duration_s), Number(to.value) || line.duration_s);
    const about = payload.runs.find(({ run_id }) => run_id === line.run_id);
    byId('timeline-note').textContent =
      `${line.run_id}${about ? `: ${about.configuration}, ${about.release}` : ' (not among the usable runs: see the table below)'}; buckets of ${line.width_s} s.${line.window ? ' The fault’s window is shaded.' : ''}`;
  };
  const offer = () => {
    const before = run.value;
    const known = new Map([...run.options].map((option) => [option.value, option]));
    for (const [name, option] of known) {
      const fits = scenario.value === '' || option.dataset['scenario'] === scenario.value;
      option.hidden = !fits;
      option.disabled = !fits;
      if (!fits && name === before) run.value = '';
    }
    if (run.value === '') run.value = [...run.options].find((option) => !option.disabled)?.value ?? before;
    if (run.value !== before) whole();
  };
  const whole = async () => {
    [from.value, to.value] = ['0', String(current().duration_s)];
    await update();
  };
  const fault = () => {
    const { window: hit, duration_s } = current();
    if (hit) span(hit.from_s - duration_s / 20, Math.min(hit.to_s, duration_s) + duration_s / 20);
  };
  listenToDrags(place, () => [Number(from.value), Number(to.value)], span);
  tools(place, 'timeline', () => [...rows['buckets']!, ...rows['latency']!, ...rows['marks']!]);
  scenario.addEventListener('change', offer);
  run.addEventListener('change', () => void whole());
  log.addEventListener('change', () => void update());
  for (const input of [from, to]) {
    input.addEventListener('change', () => span(Number(from.value), Number(to.value)));
  }
  byId('zoom-whole').addEventListener('click', () => span(0, current().duration_s));
  byId('zoom-fault').addEventListener('click', fault);
  byId('zoom-in').addEventListener('click', () => zoom(0.5, from, to, span));
  byId('zoom-out').addEventListener('click', () => zoom(2, from, to, span));
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-run]')) {
    button.addEventListener('click', () => {
      scenario.value = '';
      scenario.dispatchEvent(new Event('change'));
      run.value = button.dataset['run']!;
      void whole();
      byId('over-time').scrollIntoView();
    });
  }
  const idle = ({ ok_per_s, width_s }: RunTimeline) => width_s * ok_per_s.filter((n) => n === 0).length;
  run.value = payload.timelines.reduce((most, one) => (idle(one) > idle(most) ? one : most)).run_id;
  void whole();
}

/** A drag over the chart shows the span that it covers; a finger scrolls, and has the buttons. */
function listenToDrags(place: HTMLElement, shown: () => [number, number], span: Span): void {
  const band = document.createElement('div');
  band.className = 'band';
  band.hidden = true;
  place.append(band);
  let start: number | undefined;
  const plot = () => place.querySelector('.concat_2_group .background')!.getBoundingClientRect();
  const at = (x: number) => {
    const [{ left, width }, [from, to]] = [plot(), shown()];
    return from + Math.min(1, Math.max(0, (x - left) / width)) * (to - from);
  };
  place.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch' || event.button !== 0) return;
    start = event.clientX;
    event.preventDefault();
  });
  window.addEventListener('pointermove', ({ clientX }) => {
    if (start === undefined) return;
    const left = place.getBoundingClientRect().left - place.scrollLeft;
    band.hidden = false;
    band.style.left = `${Math.min(start, clientX) - left}px`;
    band.style.width = `${Math.abs(clientX - start)}px`;
  });
  window.addEventListener('pointerup', ({ clientX }) => {
    if (start !== undefined && Math.abs(clientX - start) > 4) {
      span(Math.min(at(start), at(clientX)), Math.max(at(start), at(clientX)));
    }
    start = undefined;
    band.hidden = true;
  });
}

type Span = (from: number, to: number) => void;

function zoom(by: number, from: HTMLInputElement, to: HTMLInputElement, span: Span): void {
  const [a, b] = [Number(from.value), Number(to.value)];
  const half = ((b - a) / 2) * by;
  span((a + b) / 2 - half, (a + b) / 2 + half);
}

function timelineRows(line: RunTimeline): Record<string, object[]> {
  const at = line.ok_per_s.map((_, i) => ({ from: i * line.width_s, to: (i + 1) * line.width_s }));
  const hit = line.window;
  return {
    buckets: at.map((one, i) => ({ ...one, ok: line.ok_per_s[i], errors: line.errors_per_s[i] })),
    latency: at.flatMap(({ from, to }, i) => {
      const time = (from + to) / 2;
      return [
        { time, ms: line.p50_ms[i], percentile: 'median' },
        { time, ms: line.p99_ms[i], percentile: '99th percentile' },
      ];
    }),
    window: hit ? [{ from: hit.from_s, to: hit.to_s }] : [],
    marks: line.marks
      .filter(({ event }) => event !== 'fault_planned')
      .map(({ time_s, event, node, detail }) => ({ time: time_s, event, node, detail })),
  };
}

/** Shows the rows of the chosen scenario in the table of runs. */
function setUpRuns(): void {
  const scenario = select('scenario');
  scenario.addEventListener('change', () => {
    for (const row of document.querySelectorAll<HTMLElement>('#runs-table tbody tr')) {
      row.hidden = scenario.value !== '' && row.dataset['scenario'] !== scenario.value;
    }
  });
}

/** Downloads and a table, below a chart. */
function tools(place: HTMLElement, name: string, rows: () => object[]): void {
  const bar = document.createElement('p');
  bar.className = 'tools';
  bar.append(
    button(`SVG`, `Download ${name} as SVG`, async () => {
      const svg = await views.get(place)!.view.toSVG();
      download(`${name}.svg`, 'image/svg+xml', svg);
    }),
    button('Data (CSV)', `Download the data of ${name} as CSV`, () =>
      download(`${name}.csv`, 'text/csv', csv(rows())),
    ),
  );
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Data as a table';
  details.append(summary);
  details.addEventListener('toggle', () => {
    details.querySelector('div')?.remove();
    if (details.open) details.append(table(rows()));
  });
  place.closest('figure')!.after(bar, details);
}

function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-label', label);
  made.addEventListener('click', act);
  return made;
}

function download(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The rows of all of a figure's data, in one list. */
function tableOf(data: readonly { values?: object[] }[]): object[] {
  return data.flatMap(({ values }) => values ?? []);
}

function table(rows: readonly object[]): HTMLElement {
  const names = namesOf(rows);
  const made = document.createElement('table');
  const line = (cells: readonly unknown[], kind: 'th' | 'td') => {
    const row = document.createElement('tr');
    for (const cell of cells) {
      const element = document.createElement(kind);
      element.textContent = cell === undefined || cell === null ? '' : String(cell);
      row.append(element);
    }
    return row;
  };
  made.createTHead().append(line(names, 'th'));
  const body = made.createTBody();
  for (const row of rows.slice(0, MOST_ROWS) as Record<string, unknown>[]) {
    body.append(
      line(
        names.map((name) => row[name]),
        'td',
      ),
    );
  }
  const box = document.createElement('div');
  box.className = 'scroll';
  box.append(made);
  if (rows.length > MOST_ROWS) box.append(`The first ${MOST_ROWS} of ${rows.length} rows; the CSV has all.`);
  return box;
}

function csv(rows: readonly object[]): string {
  const names = namesOf(rows);
  const quoted = (value: unknown) => {
    const text = value === undefined || value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) =>
    names.map((name) => quoted((row as Record<string, unknown>)[name])).join(','),
  );
  return `${[names.map(quoted).join(','), ...lines].join('\n')}\n`;
}

function namesOf(rows: readonly object[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function chosen(runs: readonly PageRun[], scenario: string): readonly PageRun[] {
  return scenario === '' ? runs : runs.filter((run) => run.scenario === scenario);
}

function scale(chart: PageChart, log: HTMLInputElement): VegaSpec {
  return log.checked ? chart.log : chart.linear;
}

function show(seconds: number): string {
  return String(Number(seconds.toFixed(2)));
}

function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}
function select(id: string): HTMLSelectElement {
  return byId(id) as HTMLSelectElement;
}
function checkbox(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement;
}
function number(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement;
}
