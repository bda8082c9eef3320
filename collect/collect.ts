import { resolve } from 'node:path';
import { UserError } from '../src/common/errors.js';
import { interruptible } from '../src/common/interrupt.js';
import { DEFAULT_RUNTIME } from '../src/vocabulary/runtimes.js';
import {
  beginCampaign,
  type Campaign,
  type CampaignNeeds,
  type CampaignSummary,
  campaignPaths,
  needsOf,
  placeOf,
  readCampaign,
  requireNoCampaign,
  runCampaign,
} from './campaign.js';
import { hasNoUpgrade, refusals } from './capabilities.js';
import { earlierRuns } from './earlier-runs.js';
import { lockCampaign } from './lock.js';
import { type Part, partName, takePart } from './part.js';
import { describePlan, planCampaign } from './plan.js';
import { progressOn } from './progress.js';
import { RUNTIME_KINDS } from './runtimes/index.js';
import type { Runtime } from './runtimes/parts/runtime.js';
import { loadScenario } from './scenario.js';
import { untilOf } from './until.js';
import { everyFault, type Variation, variantsOf } from './variants.js';

export interface CollectOptions extends Variation {
  scenarios: readonly string[];
  /** Instead of `scenarios`, every one that tries a fault and can be played here. */
  everyFault?: boolean | undefined;
  out: string;
  name: string;
  /** Default: the runtime's own. */
  releases?: readonly string[] | undefined;
  trials: number;
  /** Goes on block by block until ratios are as sure as this, or so many blocks are made. Default: `trials` blocks. */
  until?: { reach: number; most: number } | undefined;
  /** Says how sure they are. */
  reaches?: Parameters<typeof runCampaign>[2]['reaches'];
  /** Folders of captures, or datasets, that have earlier runs of the campaign. */
  after?: readonly string[] | undefined;
  /** Which part of the plan is made here. Default: the whole. */
  part?: Pick<Part, 'number' | 'of'> | undefined;
  durationS: number;
  faultWorkers?: number | undefined;
  seed: number;
  retries: number;
  repeatDisturbed: boolean;
  /** Default: compose, or that of the campaign that is continued. */
  runtime?: Runtime['name'] | undefined;
  /** The file that names hosts, for the runtime `hosts`. */
  hosts?: string | undefined;
  resume: boolean;
  dryRun: boolean;
  /** Makes sure that the machine has what the campaign needs, before anything of it is written. */
  setUp(needs: CampaignNeeds): Promise<void>;
}

/** Plans a campaign and, unless it is a dry run, makes it. Returns the folder of its captures. */
export async function collect(options: CollectOptions): Promise<string> {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(options.name)) {
    throw new UserError(`--name: expected lower-case letters, digits and hyphens, received ${options.name}`);
  }
  const folder = resolve(options.out);
  const campaign = options.resume ? await continued(folder, options) : await planned(options);
  if (options.dryRun) {
    process.stdout.write(`${describePlan(campaign.runs)}\n${howLong(campaign)}\n`);
    return campaignPaths(folder).captures;
  }
  if (!options.resume) requireNoCampaign(folder);
  await options.setUp(needsOf(campaign));
  const unlock = lockCampaign(placeOf(campaign));
  const progress = progressOn(process.stderr);
  let close: Runtime['close'];
  try {
    const runtime = RUNTIME_KINDS[campaign.runtime].open(placeOf(campaign), progress.note, options.hosts);
    close = runtime.close;
    const ready = options.resume ? async () => {} : () => beginCampaign(campaign, folder);
    const summary = await interruptible((signal) => {
      signal.addEventListener('abort', () => {
        progress.note('taking the cluster down; the finished runs are kept: continue with --resume');
      });
      const { retries, repeatDisturbed, reaches } = options;
      return runCampaign(campaign, folder, {
        ...{ runtime, retries, repeatDisturbed, progress, signal, ready },
        ...(reaches ? { reaches } : {}),
      });
    });
    report(summary);
  } finally {
    progress.end();
    await close?.();
    unlock();
  }
  return campaignPaths(folder).captures;
}

async function planned(options: CollectOptions): Promise<Campaign> {
  if (options.part && options.after) {
    throw new UserError(
      '--part and --after: expected one of them: parts of one plan are made with the same --trials, each with its own --part; a later campaign has a name of its own',
    );
  }
  const earlier = await Promise.all(
    (options.after ?? []).map((part) => earlierRuns(resolve(part), options.name)),
  );
  if (options.until && (options.part || options.after)) {
    throw new UserError(
      '--until: expected neither --part nor --after: how sure it is, is told from one folder',
    );
  }
  const until = options.until && untilOf(options.until.reach, options.trials, options.until.most);
  const after = earlier.flat();
  const { name, seed } = options;
  const runtime = options.runtime ?? DEFAULT_RUNTIME;
  const releases = RUNTIME_KINDS[runtime].releases(options.releases);
  if (options.everyFault && !options.dryRun) {
    const workloads = new Set(options.workloads ?? (['registers'] as const));
    await options.setUp({ runtime, releases, workloads }); // what can be had here is tried in what this sets up
  }
  const names = options.everyFault ? await everyFaultHere(runtime) : options.scenarios;
  const planned = planCampaign({
    ...options,
    durationS: options.withinS ?? options.durationS,
    trials: until?.most ?? options.trials,
    after,
    releases,
    scenarios: names.flatMap((one) =>
      variantsOf(loadScenario(one), { ...options, hardest: options.hardest || options.everyFault }),
    ),
  });
  // all that there is, so that on the newest release nothing is upgraded
  const runs = options.everyFault ? planned.filter((run) => !hasNoUpgrade(run)) : planned;
  return {
    name,
    seed,
    created_at: new Date().toISOString(),
    runtime,
    ...(until ? { until } : {}),
    ...(options.part ? takePart(runs, options.part, { name, seed, runtime }) : { runs }),
  };
}

async function continued(folder: string, { runtime, part }: CollectOptions): Promise<Campaign> {
  const campaign = await readCampaign(folder);
  const begun = campaign.part ? `part ${partName(campaign.part)}` : 'a whole campaign';
  if (part && begun !== `part ${partName(part)}`) {
    throw new UserError(
      `--part ${partName(part)}: ${folder} holds ${begun}: leave --part out to continue that, or choose another --out`,
    );
  }
  if (!runtime || runtime === campaign.runtime) return campaign;
  throw new UserError(
    `the campaign in ${folder} was begun in the ${campaign.runtime} runtime, so it cannot go on in ${runtime}: leave --runtime out, or choose another --out`,
  );
}

/** The scenarios that a runtime can play on this machine, and why it cannot play the others. */
export async function playable(
  scenarios: readonly string[],
  runtime: Runtime['name'],
): Promise<{ scenarios: string[]; refused: string[] }> {
  const opened = RUNTIME_KINDS[runtime].open(`trial-${process.pid}`, () => {});
  const trial = { releases: RUNTIME_KINDS[runtime].releases(undefined), trials: 1, durationS: 60, seed: 0 };
  const found = { scenarios: [] as string[], refused: [] as string[] };
  for (const name of scenarios) {
    const reasons = await refusals(planCampaign({ ...trial, scenarios: [loadScenario(name)] }), opened);
    if (reasons.length === 0) found.scenarios.push(name);
    else found.refused.push(`${name}: ${reasons.map((reason) => reason.trim()).join('; ')}`);
  }
  return found;
}

async function everyFaultHere(runtime: Runtime['name']): Promise<string[]> {
  const { scenarios, refused } = await playable(everyFault(), runtime);
  for (const why of refused) process.stderr.write(`left out: ${why}\n`);
  return scenarios;
}

function howLong({ runs, seed, until }: Campaign): string {
  const seconds = runs.reduce((sum, { durationS }) => sum + durationS + 5, 0);
  return `${until ? 'at most ' : ''}${runs.length} runs, about ${Math.ceil(seconds / 60)} min, seed ${seed}`;
}

function report({ made, skipped, failed, disturbed, unconfirmed }: CampaignSummary): void {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  say(`${made} runs made${skipped ? `, ${skipped} were there already` : ''}, ${failed.length} failed`);
  for (const { run_id, reason } of failed) say(`  FAILED ${run_id}: ${reason}`);
  for (const run_id of unconfirmed)
    say(`  NOT TESTED ${run_id}: no measurement shows that its fault took effect`);
  for (const { run_id, other_cpu_fraction: other } of disturbed) {
    say(`  disturbed ${run_id}: others used ${(100 * other).toFixed(0)} % of the host's CPU`);
  }
}
