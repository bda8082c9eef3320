import { type Witness, witnessOf } from '../results/runs/witness.js';
import { figure, type Layer, type Spec } from './parts/figure.js';
import { shown } from './parts/layers.js';
import { operationWords } from './parts/operation-words.js';
import { leaderChanges, runWords, secondsAxis, strip } from './parts/run.js';
import { number, round } from './parts/words.js';

const COLOURS = { read: '$ok', write: '$strong', open: '$unknown' };
const KINDS = { read: 'reads', write: 'changes', open: 'without an answer' };
const ROW_PX = 20;
/** Of the span of the operations, left free on either side for what stands beside the bars. */
const MARGIN = 0.08;

export default figure<Witness>({
  name: 'witness',
  order: 250,
  title: 'Operations that contradict each other',
  question: 'Can what clients saw be explained by one copy of the data that does everything at one instant?',
  ofRun: true,
  query: (data, { run }) => witnessOf(data, run),
  spec,
  short: ({ run, reason, operations }) =>
    `Run ${run.run_id}: ${reason.split(/[:;]/)[0]}, shown by ${operations.length} operations. ` +
    `Above, the whole run; below, each operation from when it was sent to its answer.`,
  caption: ({ run, reason, model, expected, operations }) => {
    const changes = leaderChanges(run).map((mark) => `${number(mark.time_s)} s`);
    const led = changes.length > 0 ? ` Changes of leader were seen at ${changes.join(', ')}.` : '';
    return (
      `${runWords(run)}. ${reason.charAt(0).toUpperCase()}${reason.slice(1)}. Expected was ${expected}; what holds is ${model}. ` +
      `Above, the whole run: the fault, who led, and when the ${operations.length} operations of the witness were sent.${led} ` +
      'Below, each from when it was sent to its answer, with who asked and the node it was sent to.'
    );
  },
});

function spec({ run, operations }: Witness): Spec {
  const ends = operations.map(({ sent_s, done_s }) => done_s ?? sent_s);
  const [first, last] = [Math.min(...operations.map(({ sent_s }) => sent_s)), Math.max(...ends)];
  const margin = Math.max(MARGIN * (last - first), 1e-4);
  const domain = [first - margin, last + margin] as const;
  const middle = (domain[0] + domain[1]) / 2;
  const ms = (s: number) => round((s - first) * 1000);
  const rows = operations.map((one, i) => {
    const left = (one.sent_s + (one.done_s ?? domain[1])) / 2 < middle;
    const kind = one.done_s === null ? 'open' : one.op.startsWith('read') ? 'read' : 'write';
    return {
      row: `${i + 1}. client ${one.client}${one.node === null ? '' : `, ${one.node}`}`,
      kind: KINDS[kind],
      from: ms(one.sent_s),
      to: ms(one.done_s ?? domain[1]),
      beside: left ? ms(one.done_s ?? one.sent_s) : ms(one.sent_s),
      left,
      text: operationWords(one),
    };
  });
  const seen = (['read', 'write', 'open'] as const).filter((kind) =>
    rows.some((row) => row.kind === KINDS[kind]),
  );
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    sort: null,
    scale: { domain: seen.map((kind) => KINDS[kind]), range: seen.map((kind) => COLOURS[kind]) },
    legend: { title: null, symbolType: 'square' as const },
  };
  const x = {
    type: 'quantitative' as const,
    title: `Time since ${number(first)} s after the start of the workload (ms)`,
    axis: { grid: false, tickCount: 6 },
    scale: { domain: domain.map(ms), nice: false, clamp: true },
  };
  const y = { field: 'row', type: 'nominal' as const, sort: null, title: null };
  const label = (left: boolean): Layer => ({
    data: { values: rows.filter((one) => one.left === left) },
    mark: { type: 'text', align: left ? 'left' : 'right', dx: left ? 5 : -5, fontSize: 9 },
    encoding: { x: { ...x, field: 'beside' }, y, text: { field: 'text', type: 'nominal' } },
  });
  const within = (s: number) => s > domain[0] && s < domain[1];
  const window =
    run.window && run.window.from_s < domain[1] && run.window.to_s > domain[0]
      ? [{ from: ms(Math.max(run.window.from_s, domain[0])), to: ms(Math.min(run.window.to_s, domain[1])) }]
      : [];
  const changes = leaderChanges(run).filter(({ time_s }) => within(time_s));
  return {
    spacing: 22,
    vconcat: [
      {
        spacing: 3,
        vconcat: [
          strip(run),
          {
            height: 12,
            data: { values: operations.map(({ sent_s }) => ({ at: round(sent_s), row: 'Witness' })) },
            mark: { type: 'tick', color: '$published', thickness: 1.5 },
            encoding: {
              x: { ...secondsAxis(run, true), field: 'at' },
              y: { field: 'row', type: 'nominal', title: null },
            },
          },
        ],
      },
      {
        height: ROW_PX * rows.length,
        layer: shown([
          {
            data: { values: window },
            mark: { type: 'rect', color: '$window' },
            encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' } },
          },
          {
            data: { values: changes.map(({ time_s }) => ({ from: ms(time_s) })) },
            mark: { type: 'rule', color: '$muted', strokeDash: [4, 2], strokeWidth: 1 },
            encoding: { x: { ...x, field: 'from' } },
          },
          {
            data: { values: rows },
            mark: { type: 'bar', height: 8 },
            encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y, color },
          },
          {
            data: { values: rows },
            // what is short must not vanish
            mark: { type: 'tick', size: 8, thickness: 2, opacity: 1 },
            encoding: { x: { ...x, field: 'from' }, y, color },
          },
          label(true),
          label(false),
        ]),
      },
    ],
    resolve: { scale: { x: 'independent' } },
  };
}
