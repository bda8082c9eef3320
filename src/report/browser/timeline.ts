import type { RunTimeline } from '../../results/runs/timelines.js';
import type { Payload } from '../payload.js';
import { draw, scale, viewOf } from './chart.js';
import { byId, checkbox, number, select } from './dom.js';
import { listenToDrags, type Span } from './drag.js';
import { tools } from './tools.js';

/** One run over time, of which any span can be looked at. */
export function setUpTimeline(payload: Payload): void {
  const place = byId('timeline-chart');
  const [scenario, run, log] = [select('scenario'), select('run'), checkbox('timeline-log')];
  const [from, to] = [number('from'), number('to')];
  let rows: Record<string, object[]> = {};
  if (payload.timelines.length === 0) return;

  const span = (low: number, high: number) => {
    const end = current().duration_s;
    const least = current().width_s;
    const [a, b] = [Math.max(0, Math.min(low, end - least)), Math.min(end, high)];
    [from.value, to.value] = [show(a), show(Math.max(b, a + least))];
    void viewOf(place)?.signal('from', Number(from.value)).signal('to', Number(to.value)).runAsync();
  };
  const current = () => payload.timelines.find(({ run_id }) => run_id === run.value) ?? payload.timelines[0]!;
  const update = async () => {
    const line = current();
    rows = timelineRows(line);
    await draw(place, scale(payload.timeline, log), rows);
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
  run.value = mostToShow(payload).run_id;
  void whole();
}

/** Of the usable runs with a fault that served before it, the one that went longest without a success. */
function mostToShow({ runs, timelines }: Payload): RunTimeline {
  const usable = new Set(runs.map(({ run_id }) => run_id));
  const idle = ({ ok_per_s, width_s }: RunTimeline) => width_s * ok_per_s.filter((n) => n === 0).length;
  const worth = (one: RunTimeline) =>
    Number(one.ok_per_s.some((n) => n > 0)) *
    (1 + Number(usable.has(one.run_id)) + Number(one.window !== null));
  return timelines.reduce((best, one) =>
    worth(one) > worth(best) || (worth(one) === worth(best) && idle(one) > idle(best)) ? one : best,
  );
}

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
        { time, ms: line.slowest_ms[i], percentile: 'slowest' },
        { time, ms: line.p99_ms[i], percentile: '99th percentile' },
        { time, ms: line.p50_ms[i], percentile: 'median' },
      ];
    }),
    window: hit ? [{ from: hit.from_s, to: hit.to_s }] : [],
    marks: line.marks
      .filter(({ event }) => event !== 'fault_planned')
      .map(({ time_s, event, node, detail }) => ({ time: time_s, event, node, detail })),
  };
}

function show(seconds: number): string {
  return String(Number(seconds.toFixed(2)));
}
