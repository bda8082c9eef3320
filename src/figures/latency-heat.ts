import { type HeatCell, latencyHeat } from '../results/runs/latency-heat.js';
import { type OneRun, runByName, typicalRun } from '../results/runs/run.js';
import { FAULT_KINDS } from '../vocabulary/faults.js';
import { powersOfTen } from './parts/axis.js';
import { type FigureOptions, figure, type Plot, type Queryable, type Spec } from './parts/figure.js';
import {
  happenings,
  happeningWords,
  hasStrip,
  leaderWords,
  runWords,
  secondsAxis,
  strip,
} from './parts/run.js';
import { number, round } from './parts/words.js';

interface Answer {
  run: OneRun;
  width_s: number;
  cells: HeatCell[];
}

export default figure<Answer>({
  name: 'latency-heat',
  ofClient: 'service-over-time',
  order: 150,
  title: 'Latency over time',
  question: 'Does a fault move the whole distribution of latency, or only its tail?',
  ofRun: true,
  query: ask,
  spec,
  short: ({ run, width_s }) =>
    `${happeningWords(run)}. Each cell counts the operations that succeeded within ${width_s} s, by their latency; where there is none, none succeeded.`,
  caption: ({ run, width_s, cells }) => {
    const slowest = Math.max(...cells.map((cell) => cell.to_ms));
    const leaders = leaderWords(run);
    const changes = leaders && `; rules are changes of leader as seen by polling (${leaders})`;
    return (
      `${runWords(run)}. Each cell counts the successful operations that ended within ${width_s} s with a latency in its range; ` +
      `the slowest took between ${number(Math.max(...cells.map((cell) => cell.from_ms)))} and ${number(slowest)} ms. The fault’s window is shaded${changes}.`
    );
  },
});

async function ask(data: Queryable, options: FigureOptions): Promise<Answer> {
  const run = options.run
    ? await runByName(data, options.run)
    : await typicalRun(data, ['crash', ...FAULT_KINDS.filter((kind) => kind !== 'crash')], 'leader');
  const width_s = run.duration_s > 40 ? 1 : 0.5;
  return { run, width_s, cells: await latencyHeat(data, run, width_s) };
}

function spec({ run, width_s, cells }: Answer): Spec {
  const values = cells.map((cell) => ({
    from: round(cell.time_s),
    to: round(cell.time_s + width_s),
    low: round(cell.from_ms),
    high: round(cell.to_ms),
    operations: cell.operations,
  }));
  const ticks = powersOfTen(cells.flatMap((cell) => [cell.from_ms, cell.to_ms]));
  const heat: Plot = {
    height: 150,
    layer: [
      ...happenings(run, true),
      {
        data: { values },
        mark: { type: 'rect' },
        encoding: {
          x: { ...secondsAxis(run, true), field: 'from' },
          x2: { field: 'to' },
          y: {
            field: 'low',
            type: 'quantitative',
            title: 'Latency of what succeeded (ms, logarithmic)',
            scale: { type: 'log', nice: false, domain: [ticks[0]!, ticks.at(-1)!] },
            axis: { values: ticks, format: ',~g' },
          },
          y2: { field: 'high' },
          color: {
            field: 'operations',
            type: 'quantitative',
            scale: { type: 'log', range: ['$heatlow', '$heathigh'] },
            legend: {
              title: 'Operations',
              gradientLength: 140,
              gradientThickness: 8,
              titleOrient: 'left',
              tickCount: 3,
              format: ',~r',
              orient: 'bottom',
            },
          },
        },
      },
    ],
  };
  return { spacing: 10, vconcat: [...(hasStrip(run) ? [strip(run)] : []), heat] };
}
