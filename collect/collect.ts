import { resolve } from 'node:path';
import { UserError } from '../src/common/errors.js';
import { interruptible } from '../src/common/interrupt.js';
import { type Campaign, type CampaignSummary, campaignPaths, openCampaign, runCampaign } from './campaign.js';
import { lockCampaign } from './lock.js';
import { describePlan, planCampaign } from './plan.js';
import { progressOn } from './progress.js';
import { composeRuntime } from './runtimes/compose.js';
import type { Runtime } from './runtimes/runtime.js';
import { loadScenario } from './scenario.js';

export interface CollectOptions {
  scenarios: readonly string[];
  out: string;
  name: string;
  releases: readonly string[];
  trials: number;
  durationS: number;
  faultWorkers?: number | undefined;
  seed: number;
  retries: number;
  repeatDisturbed: boolean;
  runtime: Runtime['name'];
  resume: boolean;
  dryRun: boolean;
}

/** Plans a campaign and, unless it is a dry run, makes it. Returns the folder of its captures. */
export async function collect(options: CollectOptions): Promise<string> {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(options.name)) {
    throw new UserError(`--name: expected lower-case letters, digits and hyphens, received ${options.name}`);
  }
  const folder = resolve(options.out);
  const planned: Campaign = {
    name: options.name,
    seed: options.seed,
    created_at: new Date().toISOString(),
    runtime: options.runtime,
    runs: planCampaign({ ...options, scenarios: options.scenarios.map(loadScenario) }),
  };
  if (options.dryRun) {
    process.stdout.write(`${describePlan(planned.runs)}\n${howLong(planned)}\n`);
    return campaignPaths(folder).captures;
  }
  const unlock = lockCampaign(options.name);
  const progress = progressOn(process.stderr);
  try {
    const campaign = await openCampaign(planned, folder, options.resume);
    const runtime = composeRuntime(campaign.name, progress.note);
    const summary = await interruptible((signal) => {
      signal.addEventListener('abort', () => {
        progress.note('taking the cluster down; the finished runs are kept: continue with --resume');
      });
      const { retries, repeatDisturbed } = options;
      return runCampaign(campaign, folder, { runtime, retries, repeatDisturbed, progress, signal });
    });
    report(summary);
  } finally {
    progress.end();
    unlock();
  }
  return campaignPaths(folder).captures;
}

function howLong({ runs, seed }: Campaign): string {
  const seconds = runs.reduce((sum, { durationS }) => sum + durationS + 5, 0);
  return `${runs.length} runs, about ${Math.ceil(seconds / 60)} min, seed ${seed}`;
}

function report({ made, skipped, failed, flagged, unproven }: CampaignSummary): void {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  say(`${made} runs made${skipped ? `, ${skipped} were there already` : ''}, ${failed.length} failed`);
  for (const { run_id, reason } of failed) say(`  FAILED ${run_id}: ${reason}`);
  for (const run_id of unproven) say(`  NO EVIDENCE of the fault in ${run_id}: no figure draws it`);
  for (const { run_id, flags } of flagged) {
    say(`  ${flags.includes('writes_disagree') ? 'WRITES DISAGREE' : 'marked'} ${run_id}: ${flags}`);
  }
}
