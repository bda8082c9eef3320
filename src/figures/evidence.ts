import { groupBy } from '../common/group.js';
import { type Evidence, evidenceByRun } from '../results/runs/evidence.js';
import { type NodeUse, nodeUse } from '../results/runs/node-use.js';
import { type OneRun, runByName, typicalRun } from '../results/runs/run.js';
import { FAULT_KINDS } from '../vocabulary/faults.js';
import { PERCENT } from './parts/axis.js';
import { evidenceWords } from './parts/evidence-words.js';
import {
  type FigureOptions,
  figure,
  MissingData,
  type Plot,
  type Queryable,
  type Spec,
} from './parts/figure.js';
import {
  firstLeader,
  happenings,
  happeningWords,
  hasStrip,
  runWords,
  secondsAxis,
  strip,
} from './parts/run.js';
import { MB, number, round } from './parts/words.js';

const LEGEND = { title: null, symbolType: 'stroke', symbolSize: 150 } as const;

// one more of these than of those, so that no two of many nodes have both alike
const COLOURS = ['$strong', '$published', '$third', '$second', '$ink', '$measured'];
const DASHES = [[], [5, 2], [2, 2], [7, 2, 2, 2], [1, 3]];

/** Four names, as of three nodes and a client, are too wide for one line of a column. */
function legendOf(nodes: readonly string[]): object {
  return nodes.length > 3 ? { ...LEGEND, columns: 2 } : LEGEND;
}

interface Answer {
  run: OneRun;
  use: NodeUse[];
  measured: Evidence[];
}

export default figure<Answer>({
  name: 'evidence',
  order: 170,
  title: 'What each node used during a run',
  question: 'Did each fault take effect on the node that it was meant for?',
  ofRun: true,
  query: ask,
  spec,
  short: ({ run, use, measured }) => {
    const drawn = isHeldBack(use)
      ? 'CPU, share of time held back by a CPU limit, and memory'
      : 'CPU and memory';
    // what cannot be seen is said
    const shown = isHeldBack(use) ? '' : confirmation(measured.slice(0, 1));
    return `${happeningWords(run)}. ${drawn} of each node; the fault lasts for the shaded span.${shown}`;
  },
  caption: ({ run, use, measured }) => {
    const { window } = run;
    const meanwhile = use.filter(
      ({ time_s }) => !window || (time_s > window.from_s && time_s <= window.to_s),
    );
    const nodes = [...groupBy(meanwhile, (one) => one.node)].map(([node, rows]) => {
      const throttled = mean(rows.map((row) => heldBack(row)));
      const memory = Math.max(...rows.map((row) => row.memory_bytes ?? 0)) / MB;
      const heldBackWords = isHeldBack(use) ? `held back ${number(100 * throttled)} % of the time, ` : '';
      return `${node} ${number(mean(rows.map((row) => row.cpu_cores)))} cores, ${heldBackWords}at most ${number(memory)} MB`;
    });
    const drawn = isHeldBack(use) ? 'CPU, time held back by a CPU limit, and memory' : 'CPU and memory';
    const most = isHeldBack(use)
      ? ' The kernel adds up the time of several CPUs: more than all of the time is drawn as 100 %.'
      : '';
    return `${runWords(run)}. ${drawn} of each node from samples of its control group; the fault’s window is shaded.${most}${confirmation(measured)} ${window ? 'While the fault lasted' : 'Over the whole run'}: ${nodes.join('; ')}.`;
  },
});

async function ask(data: Queryable, options: FigureOptions): Promise<Answer> {
  const run = options.run ? await runByName(data, options.run, 'any') : await typical(data);
  const measured = (await evidenceByRun(data)).get(run.run_id) ?? [];
  const use = await nodeUse(data, run);
  if (use.every((one) => one.cpu_cores === null))
    throw new MissingData(`run ${run.run_id} has no two samples of a node`);
  return { run, use, measured };
}

/** One whose effect can be seen in what nodes use: a limit, or else any fault, on a follower before the leader. */
async function typical(data: Queryable): Promise<OneRun> {
  const limits = FAULT_KINDS.filter((kind) => kind.endsWith('-limit'));
  for (const kinds of [limits, FAULT_KINDS]) {
    for (const role of ['follower', 'leader']) {
      try {
        return await typicalRun(data, kinds, role, 'any');
      } catch (error) {
        if (!(error instanceof MissingData)) throw error;
      }
    }
  }
  throw new MissingData('no usable run with a fault');
}

function confirmation(measured: readonly Evidence[]): string {
  return measured.length > 0 ? ` That it took effect: ${measured.map(evidenceWords).join('; ')}.` : '';
}

function spec({ run, use }: Answer): Spec {
  const values = use.map((one) => ({
    time: round(one.time_s),
    node: nodeWords(run, one.node),
    cpu: round(one.cpu_cores),
    throttled: round(heldBack(one)),
    memory: one.memory_bytes === null ? null : round(one.memory_bytes / MB),
  }));
  const nodes = [...new Set(values.map((one) => one.node))];
  const plot = (field: string, title: string, axis: object, lowest: boolean): Plot => ({
    height: 62,
    layer: [
      ...happenings(run, lowest),
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 1.3, invalid: 'break-paths-show-path-domains' },
        encoding: {
          x: { ...secondsAxis(run, lowest), field: 'time' },
          y: {
            field,
            type: 'quantitative',
            title,
            axis: { tickCount: 3, ...axis },
            scale: { domainMin: 0, nice: true },
          },
          color: {
            field: 'node',
            type: 'nominal',
            scale: {
              domain: nodes,
              range: nodes.map((_, i) => COLOURS[i % COLOURS.length]!),
            },
            legend: lowest ? legendOf(nodes) : null,
          },
          strokeDash: {
            field: 'node',
            type: 'nominal',
            scale: {
              domain: nodes,
              range: nodes.map((_, i) => DASHES[i % DASHES.length]!),
            },
            legend: lowest ? legendOf(nodes) : null,
          },
        },
      },
    ],
  });
  return {
    spacing: 14,
    vconcat: [
      ...(hasStrip(run) ? [strip(run)] : []),
      plot('cpu', 'CPU used (cores)', { format: '~g' }, false),
      ...(isHeldBack(use)
        ? [plot('throttled', 'Held back by a CPU limit (share of time)', { labelExpr: PERCENT }, false)]
        : []),
      plot('memory', 'Memory (MB)', { format: ',~r' }, true),
    ],
    resolve: { scale: { x: 'shared', color: 'independent', strokeDash: 'independent' } },
  };
}

/** `raft3, follower`, with the role that it had when the workload started, where that is known. */
function nodeWords(run: OneRun, node: string): string {
  if (node === 'client') return node;
  const leader = firstLeader(run)?.node;
  return leader ? `${node}, ${node === leader ? 'leader' : 'follower'}` : node;
}

/** Whether a CPU limit was met: all zeros are a line in the middle of nothing. */
function isHeldBack(use: readonly NodeUse[]): boolean {
  return use.some(({ throttled }) => throttled !== null && throttled > 0);
}

/** The share of time, at most all of it. */
function heldBack({ throttled }: NodeUse): number | null {
  return throttled === null ? null : Math.min(1, throttled);
}

/** Of what is there; 0 where nothing is. */
function mean(values: readonly (number | null)[]): number {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? 0 : there.reduce((sum, value) => sum + value!, 0) / there.length;
}
