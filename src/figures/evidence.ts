import { type NodeUse, nodeUse } from '../analysis/evidence.js';
import { type OneRun, runByName, typicalRun } from '../analysis/one-run.js';
import { groupBy } from '../common/group.js';
import { figure, MissingData, type Plot, type Queryable, type Spec, type Wish } from './figure.js';
import { happenings, runWords, secondsAxis } from './parts/run.js';
import { number, round } from './words.js';

interface Answer {
  run: OneRun;
  use: NodeUse[];
}

export const evidence = figure<Answer>({
  name: 'evidence',
  title: 'What each node used during a run',
  claim: 'The fault bit the node that it was meant for, and no other.',
  ofRun: true,
  question: ask,
  spec,
  caption: ({ run, use }) => {
    const nodes = [...groupBy(use, (one) => one.node)].map(([node, rows]) => {
      const throttled = mean(rows.map((row) => row.throttled));
      const memory = Math.max(...rows.map((row) => row.memory_bytes ?? 0)) / 1e6;
      return `${node} ${number(mean(rows.map((row) => row.cpu_cores)))} cores, throttled ${number(100 * throttled)} % of the time, at most ${number(memory)} MB`;
    });
    return `${runWords(run)}. CPU, throttled time and memory of each node from samples of its control group; the fault’s window is shaded. On average: ${nodes.join('; ')}.`;
  },
});

async function ask(data: Queryable, wish: Wish): Promise<Answer> {
  const run = wish.run ? await runByName(data, wish.run) : await throttledOrLimited(data);
  return { run, use: await nodeUse(data, run) };
}

async function throttledOrLimited(data: Queryable): Promise<OneRun> {
  try {
    return await typicalRun(data, ['cpu-limit', 'memory-limit'], 'follower');
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
    return typicalRun(data, ['cpu-limit', 'memory-limit', 'pause', 'crash'], 'leader');
  }
}

function spec({ run, use }: Answer): Spec {
  const values = use.map((one) => ({
    time: round(one.time_s),
    node: one.node,
    cpu: round(one.cpu_cores),
    throttled: round(one.throttled),
    memory: one.memory_bytes === null ? null : round(one.memory_bytes / 1e6),
  }));
  const nodes = [...new Set(use.map((one) => one.node))];
  const plot = (field: string, title: string, format: string, lowest: boolean): Plot => ({
    height: 62,
    layer: [
      ...happenings(run, lowest),
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 1.3, invalid: 'break-paths-show-path-domains' },
        encoding: {
          x: { ...secondsAxis(run, lowest), field: 'time' },
          y: { field, type: 'quantitative', title, axis: { tickCount: 3, format }, scale: { domainMin: 0 } },
          color: {
            field: 'node',
            type: 'nominal',
            scale: {
              domain: nodes,
              range: nodes.map((_, i) => ['$strong', '$published', '$third', '$second', '$ink'][i % 5]!),
            },
            legend: { title: null, symbolType: 'stroke', symbolSize: 150 },
          },
          strokeDash: {
            field: 'node',
            type: 'nominal',
            scale: {
              domain: nodes,
              range: nodes.map((_, i) => [[], [5, 2], [2, 2], [7, 2, 2, 2], [1, 3]][i % 5]!),
            },
          },
        },
      },
    ],
  });
  return {
    spacing: 18,
    vconcat: [
      plot('cpu', 'CPU (cores)', '~g', false),
      plot('throttled', 'Throttled (share of time)', '~%', false),
      plot('memory', 'Memory (MB)', ',~r', true),
    ],
  };
}

/** Of what is there; 0 where nothing is. */
function mean(values: readonly (number | null)[]): number {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? 0 : there.reduce((sum, value) => sum + value!, 0) / there.length;
}
