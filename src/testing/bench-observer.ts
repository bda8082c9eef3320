import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CAPTURE } from '../../collect/capture/format.js';
import { DqliteClient } from '../../collect/dqlite/client.js';
import { workloadHasBegun } from '../../collect/dqlite/cluster-questions.js';
import { until } from '../../collect/observe/clock.js';
import { LeaderWatch } from '../../collect/observe/leader-watch.js';
import { Sampler } from '../../collect/observe/sampler.js';
import { planCampaign } from '../../collect/plan.js';
import { makeRun } from '../../collect/run/run.js';
import type { Node, Runtime } from '../../collect/runtimes/parts/runtime.js';
import { loadScenario } from '../../collect/scenario.js';
import { meanEstimate } from '../results/core/interval.js';
import { percentile, print, say, verdict } from './verdict.js';

export const BENCH_RELEASE = 'trixie';
const PAIRS = 12;
const PAIR_S = 10;
const MOST_CPU = 0.01;
const CPU_S = 10;
/** In which what starting the cluster left to do is done. */
const SETTLE_MS = 6000;
const CHANGES = 20;

/**
 * What watching and sampling cost the cluster: the throughput of runs with them over that of runs without, in turn, as
 * the mean of the pairs' ratios with its 95 % interval.
 */
export async function observersCost(runtime: Runtime, folder: string, signal: AbortSignal): Promise<void> {
  const [planned] = planCampaign({
    scenarios: [{ ...loadScenario('2022/baseline'), workers: [9] }],
    releases: [BENCH_RELEASE],
    trials: 1,
    durationS: PAIR_S,
    seed: 1,
  });
  const throughput = { with: [] as number[], without: [] as number[] };
  const once = async (observe: boolean, name: string) => {
    const capture = join(folder, name);
    const found = await makeRun(planned!, runtime, capture, signal, { observe });
    if (found.status !== 'complete') throw new Error(`${name} failed: ${found.status_reason}`);
    const which = observe ? 'with' : 'without';
    throughput[which].push((await succeeded(join(capture, CAPTURE.results))) / PAIR_S);
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

/** The CPU time that sampling takes, and that asking who leads does, beyond what this process uses when it waits. */
export async function observersCpu(runtime: Runtime, signal: AbortSignal): Promise<void> {
  const rest = { release: BENCH_RELEASE, workload: 'kvreadwrite', workers: 4, driver: 'raft2' } as const;
  const cluster = await runtime.up({ ...rest, durationS: 5 * CPU_S });
  try {
    const begun = async () => (await workloadHasBegun(cluster.nodes[0]!)) || undefined;
    await until(begun, { everyMs: 5, forMs: 30_000, signal });
    await sleep(SETTLE_MS, undefined, { signal });
    const sampling = await cpuShare(new Sampler(cluster), signal);
    const watching = await cpuShare(new LeaderWatch(cluster.nodes, () => {}), signal);
    const waiting = await cpuShare({ begin() {}, end() {} }, signal);
    verdict('CPU that sampling takes', (sampling - waiting) * 100, '% of a core', MOST_CPU * 100);
    print(`CPU that asking who leads takes: ${((watching - waiting) * 100).toFixed(1)} % of a core`);
  } finally {
    await cluster.down();
  }
}

/** The share of a core that this process uses while an observer is at work and nothing else is to do. */
async function cpuShare(observer: { begin(): void; end(): void }, signal: AbortSignal): Promise<number> {
  observer.begin();
  const before = process.cpuUsage();
  await sleep(CPU_S * 1000, undefined, { signal });
  const { user, system } = process.cpuUsage(before);
  observer.end();
  return (user + system) / 1e6 / CPU_S;
}

/**
 * How soon the watch knows of a new leader: leadership is transferred by request under load, again and again. The
 * change lies between the request and what the watch says, so the time between these is the most it can be late.
 */
export async function watchPrecision(runtime: Runtime, signal: AbortSignal): Promise<void> {
  const driver = 'raft2';
  const rest = { release: BENCH_RELEASE, workload: 'kvreadwrite', workers: 4, durationS: 60 } as const;
  const cluster = await runtime.up({ ...rest, driver });
  const watch = new LeaderWatch(cluster.nodes, () => {});
  watch.begin();
  try {
    const everyMs = 5;
    const begun = async () => (await workloadHasBegun(cluster.nodes[0]!)) || undefined;
    await until(begun, { everyMs, forMs: 30_000, signal });
    const lateMs: number[] = [];
    for (let change = 0; change < CHANGES; change++) {
      const leader = await until(() => watch.leader ?? undefined, { everyMs, forMs: 10_000, signal });
      if (!leader) throw new Error('the cluster has no leader');
      const next = cluster.nodes.find((node) => node !== leader && node !== cluster.driver)!;
      const asked = performance.now();
      await transfer(leader, next);
      const known = () => (watch.leader === next ? true : undefined);
      if (await until(known, { everyMs: 1, forMs: 10_000, signal })) lateMs.push(performance.now() - asked);
    }
    print(
      `change of leader known after a transfer was asked for, ${lateMs.length} of ${CHANGES} transfers: median ` +
        `${percentile(lateMs, 0.5).toFixed(0)} ms, 95th percentile ${percentile(lateMs, 0.95).toFixed(0)} ms`,
    );
  } finally {
    watch.end();
    await cluster.down();
  }
}

async function transfer(leader: Node, next: Node): Promise<void> {
  const client = new DqliteClient(leader.address, 5000);
  try {
    const members = await client.members();
    await client.transferTo(members.get(`${next.address.host}:${next.address.port}`)!);
  } finally {
    client.close();
  }
}
