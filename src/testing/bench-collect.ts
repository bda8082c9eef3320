import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Campaign, runCampaign } from '../../collect/campaign.js';
import { type PlannedRun, planCampaign } from '../../collect/plan.js';
import { composeRuntime } from '../../collect/runtimes/compose.js';
import type { Runtime } from '../../collect/runtimes/parts/runtime.js';
import { parseScenario } from '../../collect/scenario.js';
import { interruptible } from '../common/interrupt.js';
import { clientRuns, recorderSpeed } from './bench-client.js';
import { BENCH_RELEASE, observersCost, observersCpu, watchPrecision } from './bench-observer.js';
import { lateness, workloadSeconds } from './lateness.js';
import { percentile, print, say, verdict } from './verdict.js';

const MOST_BEYOND_S = 5;
const MOST_LATE_MS = 100;

/** One fault for each way of making one. */
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

/**
 * Measures, on a real cluster and beside the bars: what the client costs, what a run takes beyond its workload, how late each
 * kind of fault is injected, what observing costs, and how soon a change of leader is known. Ends with 1 when a bar does not hold.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-collect-'));
  const runtime = composeRuntime(`bench-${process.pid}`, say);
  try {
    await interruptible(async (signal) => {
      await recorderSpeed();
      await clientRuns(runtime, join(folder, 'client'), signal);
      await timing(runtime, join(folder, 'timing'), signal);
      await observersCost(runtime, folder, signal);
      await observersCpu(runtime, signal);
      await watchPrecision(runtime, signal);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timing(runtime: Runtime, folder: string, signal: AbortSignal): Promise<void> {
  const scenarios = KINDS.map(([kind, severity]) => brief(kind, severity));
  const runs = planCampaign({
    scenarios,
    releases: [BENCH_RELEASE],
    trials: TRIALS,
    durationS: DURATION_S,
    seed: 1,
  });
  const campaign: Campaign = { name: 'bench', seed: 1, created_at: '', runtime: 'compose', runs };
  const tookS = new Map<string, number>();
  let startedAt = 0;
  const progress = {
    begin() {},
    start: () => {
      startedAt = performance.now();
    },
    done: ({ run_id }: PlannedRun) => {
      tookS.set(run_id, (performance.now() - startedAt) / 1000);
    },
    skip() {},
    note: say,
    end() {},
  };
  await runCampaign(campaign, folder, { runtime, retries: 1, progress, signal });
  const late = await lateness(folder, `${folder}-dataset`);
  const lasted = await workloadSeconds(`${folder}-dataset`);
  // 2022's benchmark goes on for a second or so after its time: it writes down what it measured
  const beyondOf = ({ run_id }: PlannedRun) => (tookS.get(run_id) ?? NaN) - (lasted.get(run_id) ?? NaN);
  for (const run of runs) {
    const ms = late.get(run.run_id);
    const injected = ms === undefined ? 'not injected' : `${ms.toFixed(1)} ms late`;
    say(`${run.run_id}: ${beyondOf(run).toFixed(1)} s beyond its workload; its fault was ${injected}`);
  }
  const beyondS = runs.map(beyondOf).filter(Number.isFinite);
  const lateMs = [...late.values()];
  const number = `${beyondS.length} runs`;
  verdict(`beyond the workload, longest of ${number}`, Math.max(...beyondS), 's', MOST_BEYOND_S);
  print(`  median ${percentile(beyondS, 0.5).toFixed(1)} s`);
  verdict(
    `fault after its planned instant, 95th percentile of ${lateMs.length} runs`,
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
