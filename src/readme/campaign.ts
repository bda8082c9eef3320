import { counted } from '../common/counted.js';
import { groupBy } from '../common/group.js';
import { list } from '../findings/list.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { faultWorkers } from '../results/derived/configurations.js';
import { type Overview, overview } from '../results/derived/overview.js';
import { OTHER_CPU_LIMIT } from '../vocabulary/flags.js';

/** What the campaign is: its runs, its machine, what of it is not used, and what of it was kept. */
export async function campaignWords(data: Queryable): Promise<string> {
  const found = await overview(data);
  return [
    `${counted(found.runs, 'run')}${dates(found)}, ${found.complete.toLocaleString('en-US')} of them complete${machine(found)}.`,
    ...failed(found),
    ...notTested(found),
    ...disturbed(found),
    ...outOfBlock(found),
    ...(await workers(data)),
    ...kept(found),
  ].join('\n');
}

function dates({ first, last }: Overview): string {
  const [from, to] = [first?.slice(0, 10), last?.slice(0, 10)];
  if (!from) return '';
  return from === to ? ` on ${from}` : ` from ${from} to ${to}`;
}

function machine({ host_cpus: cpus, with_swap: swap, runs, kernel }: Overview): string {
  if (cpus === null) return '';
  const swaps = swap === 0 ? 'no swap' : swap === runs ? 'swap' : `swap in ${counted(swap, 'run')}`;
  return `, on a machine with ${counted(cpus, 'CPU core')} and ${swaps}${kernel ? ` (kernel ${kernel})` : ''}`;
}

function failed({ failed: groups }: Overview): string[] {
  const names = groups.map(({ name, runs, reason }) => `${name} (${counted(runs, 'run')}: ${reason})`);
  return names.length === 0 ? [] : [`Failed, and in no figure: ${names.join(', ')}.`];
}

const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

/** Of more configurations than this, only their scenarios are named. */
const MOST_NAMES = 10;

function notTested({ not_tested: rows }: Overview): string[] {
  if (rows.length === 0) return [];
  const groups = groupBy(rows, ({ name, scenario }) => (rows.length > MOST_NAMES ? scenario : name));
  const words = [...groups].map(([name, same]) => {
    const [runs, all] = [sum(same.map((one) => one.runs)), sum(same.map((one) => one.of))];
    return `${name} (${runs < all ? `${runs} of ` : ''}${counted(all, 'run')})`;
  });
  return [
    `Not tested, and in no figure, since no measurement shows that the fault took effect: ${words.join(', ')}.`,
  ];
}

function disturbed({ disturbed: runs, runs: all }: Overview): string[] {
  const limit = `over ${100 * OTHER_CPU_LIMIT} % of the CPU`;
  if (runs > all / 2) {
    return [
      `**The machine was busy**: in ${runs === all ? 'every run' : counted(runs, 'run')} other programs used ${limit}. What clients saw counts all the same; what is said here of times and rates is of a busy machine.`,
    ];
  }
  return [
    runs === 0
      ? `In no run other programs used ${limit}.`
      : `In ${counted(runs, 'run')} other programs used ${limit} (\`other_cpu\` in \`runs.csv\`).`,
  ];
}

function outOfBlock({ repeated, remade }: Overview): string[] {
  return [
    ...(repeated > 0
      ? [
          `${counted(repeated, 'attempt')} that failed or met a disturbance ${repeated === 1 ? 'was' : 'were'} made again: kept, marked as \`repeated\`, and in no figure.`,
        ]
      : []),
    ...(remade > 0
      ? [
          `${counted(remade, 'run')} ${remade === 1 ? 'was' : 'were'} made when the campaign had left their block long before: in comparisons within blocks they stand apart from it.`,
        ]
      : []),
  ];
}

async function workers(data: Queryable): Promise<string[]> {
  try {
    const byWorkload = [...(await faultWorkers(data))];
    const different = new Set(byWorkload.map(([, workers]) => workers)).size > 1;
    const words = byWorkload.map(
      ([workload, workers]) => `${counted(workers, 'worker')}${different ? ` (${workload})` : ''}`,
    );
    return [`Runs with a fault have ${list(different ? words : words.slice(0, 1))}.`];
  } catch (error) {
    if (error instanceof MissingData) return [];
    throw error;
  }
}

function kept({ operations, operations_kept, runs_without }: Overview): string[] {
  if (runs_without === 0) return [];
  const million = (n: number) => `${(n / 1e6).toFixed(1)} million`;
  return [
    `For size, ${counted(runs_without, 'run')} ${runs_without === 1 ? 'keeps' : 'keep'} only summaries in \`results/\`, the others every operation: ${million(operations_kept)} of ${million(operations)} are here.`,
  ];
}
