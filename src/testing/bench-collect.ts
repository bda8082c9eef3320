import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type Campaign, campaignPaths, runCampaign } from '../../collect/campaign.js';
import { CAPTURE } from '../../collect/capture/format.js';
import { type PlannedRun, planCampaign } from '../../collect/plan.js';
import { makeRun } from '../../collect/run.js';
import { composeRuntime } from '../../collect/runtimes/compose.js';
import type { Runtime } from '../../collect/runtimes/runtime.js';
import { loadScenario, parseScenario } from '../../collect/scenario.js';
import { meanEstimate } from '../analysis/interval.js';
import { interruptible } from '../common/interrupt.js';

const RELEASE = 'trixie';
const MOST_BEYOND_S = 6;
const MOST_LATE_MS = 100;
const MOST_CPU = 0.01;

/** One fault for each way of harming a node. */
const KINDS: readonly [kind: string, severity?: number][] = [
  ['crash'],
  ['pause'],
  ['cpu-contention', 1],
  ['cpu-contention-pinned', 1],
  ['cpu-limit', 0.5],
  ['memory-limit', 200],
  ['network-cut'],
  ['network-rate', 100_000],
  ['disk-throttle', 1_000_000],
];
const TRIALS = 3;
const DURATION_S = 8;

const PAIRS = 12;
const PAIR_S = 10;

/**
 * Measures, on a real cluster and beside the bars: what a run takes beyond its workload, how late each kind of fault
 * is injected, and what watching costs: the throughput of runs with it over that of runs without, in turn, as the
 * mean of the pairs' ratios with its 95 % interval. Ends with 1 when a bar does not hold.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-collect-'));
  const runtime = composeRuntime(`bench-${process.pid}`, say);
  try {
    await interruptible(async (signal) => {
      await timing(runtime, folder, signal);
      await observersCost(runtime, folder, signal);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timing(runtime: Runtime, folder: string, signal: AbortSignal): Promise<void> {
  const scenarios = KINDS.map(([kind, severity]) => brief(kind, severity));
  const runs = planCampaign({
    scenarios,
    releases: [RELEASE],
    trials: TRIALS,
    durationS: DURATION_S,
    seed: 1,
  });
  const campaign: Campaign = { name: 'bench', seed: 1, created_at: '', runtime: 'compose', runs };
  const beyondS: number[] = [];
  let startedAt = 0;
  const progress = {
    begin() {},
    start: () => {
      startedAt = performance.now();
    },
    done: ({ run_id, durationS }: PlannedRun) => {
      beyondS.push((performance.now() - startedAt) / 1000 - durationS);
      say(`${run_id}: ${beyondS.at(-1)!.toFixed(1)} s beyond its workload`);
    },
    skip() {},
    note: say,
    end() {},
  };
  await runCampaign(campaign, folder, { runtime, retries: 1, progress, signal });
  const lateMs: number[] = [];
  for (const { run_id } of runs) {
    const late = await lateness(join(campaignPaths(folder).captures, run_id));
    if (late === undefined) say(`${run_id}: its fault was not injected, so it has no lateness`);
    else lateMs.push(late);
  }
  const number = `${beyondS.length} runs`;
  verdict(`beyond the workload, longest of ${number}`, Math.max(...beyondS), 's', MOST_BEYOND_S);
  print(`  median ${percentile(beyondS, 0.5).toFixed(1)} s`);
  verdict(
    `fault after its planned instant, 95th percentile of ${number}`,
    percentile(lateMs, 0.95),
    'ms',
    MOST_LATE_MS,
  );
  print(`  median ${percentile(lateMs, 0.5).toFixed(1)} ms, longest ${Math.max(...lateMs).toFixed(1)} ms`);
}

/** A fault of a follower in the middle of a short workload, and lifted again. */
function brief(kind: string, severity?: number) {
  const fault = { kind, target: 'follower', severity, inject_at: 3, lift_at: 6 };
  const rest = { workload: 'kvreadwrite', workers: 4, driver: 'follower' };
  return parseScenario(
    JSON.stringify({ title: kind, question: 'How late, and how long?', ...rest, fault }),
    `${kind}.yml`,
  );
}

async function lateness(capture: string): Promise<number | undefined> {
  const events: Record<string, string>[] = parse(await readFile(join(capture, CAPTURE.events)), {
    columns: true,
  });
  const planned = events.find(({ event, detail }) => event === 'fault_planned' && detail === 'inject');
  const injected = events.find(({ event }) => event === 'fault_injected');
  return planned && injected && Number(BigInt(injected['time_ns']!) - BigInt(planned['time_ns']!)) / 1e6;
}

async function observersCost(runtime: Runtime, folder: string, signal: AbortSignal): Promise<void> {
  const [planned] = planCampaign({
    scenarios: [{ ...loadScenario('baseline'), workers: [9] }],
    releases: [RELEASE],
    trials: 1,
    durationS: PAIR_S,
    seed: 1,
  });
  const throughput = { with: [] as number[], without: [] as number[] };
  const cpuS = { with: [] as number[], without: [] as number[] };
  const once = async (observe: boolean, name: string) => {
    const capture = join(folder, name);
    const before = process.cpuUsage();
    const found = await makeRun(planned!, runtime, capture, signal, { observe });
    const { user, system } = process.cpuUsage(before);
    if (found.status !== 'complete') throw new Error(`${name} failed: ${found.status_reason}`);
    const which = observe ? 'with' : 'without';
    throughput[which].push((await succeeded(join(capture, CAPTURE.results))) / PAIR_S);
    cpuS[which].push((user + system) / 1e6);
    await rm(capture, { recursive: true });
  };
  for (let pair = 0; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? [true, false] : [false, true];
    for (const observe of order) await once(observe, `pair-${pair}-${observe ? 'with' : 'without'}`);
    const [observed, alone] = [throughput.with.at(-1)!, throughput.without.at(-1)!];
    say(
      `pair ${pair + 1} of ${PAIRS}: ${observed.toFixed(0)} operations/s watched, ${alone.toFixed(0)} alone`,
    );
  }
  const { value, low, high } = meanEstimate(
    throughput.with.map((with_, i) => with_ / throughput.without[i]!),
  );
  const holds = low! <= 1 && high! >= 1;
  print(
    `throughput watched over alone, ${PAIRS} pairs: ${value.toFixed(3)} (95 % interval ${low!.toFixed(3)} to ` +
      `${high!.toFixed(3)}, bar: contains 1) ${holds ? 'holds' : 'DOES NOT HOLD'}`,
  );
  if (!holds) process.exitCode = 1;
  const spent = cpuS.with.map((seconds, i) => (seconds - cpuS.without[i]!) / PAIR_S);
  verdict('CPU that watching takes', meanEstimate(spent).value * 100, '% of a core', MOST_CPU * 100);
}

/** Operations that succeeded, from the heads of the benchmark's result files. */
async function succeeded(results: string): Promise<number> {
  let count = 0;
  for (const file of await readdir(results)) {
    const text = await readFile(join(results, file), 'utf8');
    count += Number(/^n (\d+)$/m.exec(text)?.[1] ?? 0);
  }
  return count;
}

/** By nearest rank. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1]!;
}

function verdict(what: string, value: number, unit: string, bar: number): void {
  const holds = value <= bar;
  print(`${what}: ${value.toFixed(1)} ${unit} (bar: ${bar} ${unit}) ${holds ? 'holds' : 'DOES NOT HOLD'}`);
  if (!holds) process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
