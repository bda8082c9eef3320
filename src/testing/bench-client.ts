import { readdirSync } from 'node:fs';
import { execa } from 'execa';
import { type Campaign, runCampaign } from '../../collect/campaign.js';
import { readIfThere } from '../../collect/observe/cgroup.js';
import { processUsage } from '../../collect/observe/process.js';
import { type PlannedRun, planCampaign } from '../../collect/plan.js';
import type { Runtime } from '../../collect/runtimes/parts/runtime.js';
import { loadScenario } from '../../collect/scenario.js';
import { packagePath } from '../common/paths.js';
import { BENCH_RELEASE } from './bench-observer.js';
import { percentile, print, say, verdict } from './verdict.js';

const TRIALS = 3;
const DURATION_S = 10;
const MOST_BEYOND_S = 5;
const MOST_CORES = 0.25;
/** 50,000 attempts a second. */
const MOST_US_AN_ATTEMPT = 20;
const LOOK_MS = 100;

/** What a run of the client takes beyond its workload, and what the client uses of a core at half of the cluster's capacity. */
export async function clientRuns(runtime: Runtime, folder: string, signal: AbortSignal): Promise<void> {
  const scenarios = [{ ...loadScenario('baseline'), per_block: 1 }];
  const plan = { scenarios, releases: [BENCH_RELEASE], trials: TRIALS, durationS: DURATION_S, seed: 1 };
  const runs = planCampaign(plan);
  const campaign: Campaign = { name: 'bench-client', seed: 1, created_at: '', runtime: 'compose', runs };
  const [beyondS, cores]: [number[], number[]] = [[], []];
  let startedAt = 0;
  let watch = watchClient();
  const progress = {
    begin() {},
    start() {
      startedAt = performance.now();
      watch = watchClient();
    },
    done({ run_id, durationS, calibrates }: PlannedRun) {
      const cpuS = watch.end();
      beyondS.push((performance.now() - startedAt) / 1000 - durationS);
      if (!calibrates) cores.push(cpuS / durationS);
      say(
        `${run_id}: ${beyondS.at(-1)!.toFixed(1)} s beyond its workload, the client used ${cpuS.toFixed(2)} s`,
      );
    },
    skip() {},
    note: say,
    end() {},
  };
  await runCampaign(campaign, folder, { runtime, retries: 1, progress, signal });
  const many = `${beyondS.length} runs of the client`;
  verdict(`beyond the workload, longest of ${many}`, Math.max(...beyondS), 's', MOST_BEYOND_S);
  print(`  median ${percentile(beyondS, 0.5).toFixed(1)} s`);
  verdict(
    `the client at half of capacity, most of ${cores.length} runs`,
    100 * Math.max(...cores),
    '% of a core',
    100 * MOST_CORES,
  );
}

/** What recording an attempt takes, by Go's own benchmark of the recorder. */
export async function recorderSpeed(): Promise<void> {
  const { stdout } = await execa('sh', [
    packagePath('collect', 'client', 'test.sh'),
    ...['-run', '^$', '-bench', '^BenchmarkRecorder$'],
  ]);
  const [, rate] = /([\d.]+) attempts\/s/.exec(stdout) ?? [];
  if (rate === undefined) throw new Error(`the benchmark of the recorder did not say its rate:\n${stdout}`);
  verdict('recording an attempt', 1e6 / Number(rate), 'µs', MOST_US_AN_ATTEMPT);
}

/** Looks again and again at the CPU time of the client, which is another process in every run; in s. */
function watchClient(): { end(): number } {
  let cpuNs = 0n;
  const timer = setInterval(() => {
    for (const pid of clients()) {
      const used = processUsage(pid)?.cpu_ns ?? 0n;
      if (used > cpuNs) cpuNs = used;
    }
  }, LOOK_MS);
  return {
    end() {
      clearInterval(timer);
      return Number(cpuNs) / 1e9;
    },
  };
}

function clients(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readIfThere(`/proc/${pid}/cmdline`)?.startsWith('dqlite-client\0load'))
    .map(Number);
}
