import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type Campaign, campaignPaths, runCampaign } from './campaign.js';
import { CAPTURE } from './capture/format.js';
import { planCampaign } from './plan.js';
import { composeRuntime } from './runtimes/compose.js';
import { loadScenario } from './scenario.js';

const NAME = `bench-${process.pid}`;
const TRIALS = 6;
const MOST_BEYOND_S = 6;
const MOST_LATE_MS = 100;

/**
 * Measures what a run takes beyond its workload, and how late faults are injected: short runs of crashes, whose
 * instant the benchmark's own clock confirms. Prints both beside their bars, and ends with 1 when one does not hold.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-collect-'));
  const scenarios = ['crash-follower', 'slow-cpu-follower'].map(loadScenario);
  const runs = planCampaign({ scenarios, releases: ['trixie'], trials: TRIALS, durationS: 8, seed: 1 });
  const campaign: Campaign = { name: NAME, seed: 1, created_at: '', runtime: 'compose', runs };
  const beyondS: number[] = [];
  let startedAt = 0;
  const progress = {
    begin() {},
    start: () => {
      startedAt = performance.now();
    },
    done: ({ run_id, durationS }: (typeof runs)[number]) => {
      beyondS.push((performance.now() - startedAt) / 1000 - durationS);
      process.stderr.write(`${run_id}: ${beyondS.at(-1)!.toFixed(1)} s beyond its workload\n`);
    },
    skip() {},
    note: (text: string) => void process.stderr.write(`${text}\n`),
    end() {},
  };
  try {
    const runtime = composeRuntime(NAME, progress.note);
    await runCampaign(campaign, folder, {
      runtime,
      retries: 1,
      progress,
      signal: new AbortController().signal,
    });
    const lateMs: number[] = [];
    for (const { run_id } of runs) {
      lateMs.push(await lateness(join(campaignPaths(folder).captures, run_id)));
    }
    report('beyond the workload, longest', Math.max(...beyondS), 's', MOST_BEYOND_S);
    report('fault after its planned instant, 95th percentile', percentile(lateMs, 0.95), 'ms', MOST_LATE_MS);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lateness(capture: string): Promise<number> {
  const events: Record<string, string>[] = parse(await readFile(join(capture, CAPTURE.events)), {
    columns: true,
  });
  const at = (event: string, detail?: string) =>
    BigInt(
      events.find((row) => row['event'] === event && (!detail || row['detail'] === detail))!['time_ns']!,
    );
  return Number(at('fault_injected') - at('fault_planned', 'inject')) / 1e6;
}

/** By nearest rank. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1]!;
}

function report(what: string, value: number, unit: string, bar: number): void {
  const holds = value <= bar;
  process.stdout.write(
    `${what}: ${value.toFixed(1)} ${unit} (bar: ${bar} ${unit}) ${holds ? 'holds' : 'DOES NOT HOLD'}\n`,
  );
  if (!holds) process.exitCode = 1;
}
