import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../src/common/errors.js';
import { writeFileWhole } from '../src/common/files.js';
import { OTHER_CPU_LIMIT } from '../src/vocabulary/flags.js';
import { EXPECTED_MODEL } from '../src/vocabulary/models.js';
import { nextRelease } from '../src/vocabulary/releases.js';
import { refusals } from './capabilities.js';
import { CAPTURE, type CapturedRun, type Manifest } from './capture/format.js';
import { sealCapture } from './capture/write.js';
import { faultColumns } from './fault-columns.js';
import { hostFacts } from './host-facts.js';
import { capacityFor, loadColumns } from './load/calibration.js';
import { type Load, rateOf } from './load/config.js';
import { type Part, partName } from './part.js';
import type { PlannedFault, PlannedRun } from './plan.js';
import type { Progress } from './progress.js';
import type { Findings } from './run/findings.js';
import { makeRun, type RunOptions } from './run/run.js';
import type { Runtime, RuntimeProvenance } from './runtimes/parts/runtime.js';
import { isEnough, type Until } from './until.js';
import { worldlyReason } from './worldly-reason.js';

export interface Campaign {
  name: string;
  seed: number;
  created_at: string;
  runtime: Runtime['name'];
  /** Where this is a part of a campaign. */
  part?: Part;
  /** Where blocks are made until it is known enough, when that is; the runs are then those of the most blocks. */
  until?: Until;
  runs: PlannedRun[];
}

export interface CampaignSummary {
  made: number;
  skipped: number;
  failed: { run_id: string; reason: string }[];
  /** Runs in which others used more of the CPU than the limit, with how much that was. */
  disturbed: { run_id: string; other_cpu_fraction: number }[];
  /** Runs whose fault was not confirmed. */
  unconfirmed: string[];
}

/** The folders and files of a campaign below its own folder. */
export const campaignPaths = (folder: string) => ({
  plan: join(folder, 'campaign.json'),
  captures: join(folder, 'captures'),
});

const NEEDED_BYTES = 500e6;

/**
 * Makes the runs of a campaign that have no capture yet, one after the other, and keeps each as a capture. A run that
 * failed is kept as an attempt, and tried again; after `retries` more attempts its last failure is its capture. With
 * `repeatDisturbed` so is one of which others on the host took more CPU than {@link OTHER_CPU_LIMIT}.
 * @throws UserError before the first run when something a fault needs is missing
 */
export async function runCampaign(
  campaign: Campaign,
  folder: string,
  options: {
    runtime: Runtime;
    retries: number;
    repeatDisturbed?: boolean;
    progress: Progress;
    signal: AbortSignal;
    run?: RunOptions;
    /** How far the interval of each ratio reaches in what was captured so far; see `until.ts`. */
    reaches?: (captures: string, until: Until) => Promise<(number | null)[]>;
    /** Called once nothing stands in the way of the first run. */
    ready?: () => Promise<void>;
  },
): Promise<CampaignSummary> {
  const { runtime, retries, progress, signal } = options;
  const { captures } = campaignPaths(folder);
  await mkdir(captures, { recursive: true });
  await removeUnfinished(captures);
  for (const left of await runtime.removeLeftovers())
    progress.note(`removed ${left}, left by an earlier campaign`);

  const { releases, workloads } = needsOf(campaign);
  const provenance = new Map<string, RuntimeProvenance>();
  for (const release of releases) provenance.set(release, await runtime.prepare(release, workloads));
  const missing = await refusals(campaign.runs, runtime);
  if (missing.length > 0) throw new UserError(`this campaign cannot run here:\n${missing.join('\n')}`);

  await options.ready?.();

  const host = hostFacts();
  const summary: CampaignSummary = { made: 0, skipped: 0, failed: [], disturbed: [], unconfirmed: [] };
  progress.begin(campaign.runs);
  for (const [i, planned] of campaign.runs.entries()) {
    if (
      i > 0 &&
      planned.block !== campaign.runs[i - 1]!.block &&
      (await isKnown(campaign, i, captures, options))
    )
      break;
    const final = join(captures, planned.run_id);
    if (existsSync(final)) {
      summary.skipped += 1;
      note(summary, await readRun(final));
      progress.skip(planned);
      continue;
    }
    const capacity = await capacityFor(planned, campaign.runs, captures);
    const load = loadOf(planned, capacity, campaign.seed);
    for (let attempt = (await attemptsOf(planned, captures)) + 1; ; attempt++) {
      await requireSpace(folder);
      progress.start(planned, attempt);
      const temporary = `${final}.${process.pid}.tmp`;
      const findings = await makeRun(planned, runtime, temporary, signal, { ...options.run, load });
      const { evidence: _, ...found } = findings;
      const row: CapturedRun = {
        ...identity(planned, campaign),
        ...found,
        ...host,
        ...provenance.get(planned.release)!,
        ...loadColumns(planned.client, load?.ratePerS ?? null, capacity),
        repeated: false,
        source: 'measured',
      };
      const why = whyAgain(findings, options.repeatDisturbed ?? false);
      if (why && attempt <= retries) {
        const run_id = `${planned.run_id}-a${attempt}`;
        await sealCapture(temporary, join(captures, run_id), { ...row, run_id, repeated: true });
        progress.note(`${planned.run_id} ${why}; trying again`);
        if (findings.failure === 'engine_failed') await cleared(runtime, progress);
        continue;
      }
      if (findings.failure === 'engine_failed') throw engineGone(planned, findings);
      await sealCapture(temporary, final, row);
      summary.made += 1;
      note(summary, row);
      progress.done(planned, findings);
      break;
    }
  }
  progress.end();
  return summary;
}

/** Whether the blocks before the `next` run are enough, where that was asked for. */
async function isKnown(
  { until, runs }: Campaign,
  next: number,
  captures: string,
  { reaches, progress }: Pick<Parameters<typeof runCampaign>[2], 'reaches' | 'progress'>,
): Promise<boolean> {
  const blocks = new Set(runs.slice(0, next).map(({ block }) => block)).size;
  if (!until || !reaches || blocks < until.first) return false;
  const found = await reaches(captures, until);
  const widest = Math.max(0, ...found.flatMap((reach) => reach ?? []));
  const unknown = found.filter((reach) => reach === null).length;
  progress.note(
    `after ${blocks} blocks the widest of ${found.length} intervals reaches ${(100 * widest).toFixed(0)} % of the baseline${unknown > 0 ? `, and ${unknown} cannot be told yet` : ''}`,
  );
  return isEnough(until, blocks, found);
}

/** What the client is to do in a run; null where 2022's benchmark plays. */
function loadOf(planned: PlannedRun, capacity: number | null, seed: number): Load | null {
  const { client: settings, workload, workers, durationS, position } = planned;
  if (!settings) return null;
  const ratePerS = rateOf(settings, capacity);
  return { workload, workers, durationS, settings, ratePerS, seed: seed + position };
}

/** Why a run is worth another attempt, or undefined when it is not. */
function whyAgain(findings: Findings, repeatDisturbed: boolean): string | undefined {
  const { failure, status_reason, other_cpu_fraction: other } = findings;
  // a node killed for memory by a memory limit is a finding, which another attempt would only find again
  if (failure) return failure === 'killed_for_memory' ? undefined : `failed: ${status_reason}`;
  if (!repeatDisturbed || (other ?? 0) <= OTHER_CPU_LIMIT) return undefined;
  return `was disturbed: others used ${((other ?? 0) * 100).toFixed(0)} % of the host's CPU`;
}

/** What a hiccup of the engine left would stand in the way of the next attempt; where it stays gone, that one says so. */
async function cleared(runtime: Runtime, progress: Progress): Promise<void> {
  try {
    for (const left of await runtime.removeLeftovers()) progress.note(`removed ${left}`);
  } catch (error) {
    progress.note(`what it left could not be removed: ${worldlyReason(error)}`);
  }
}

/** A run that no attempt could make for want of what nodes run in is not kept: it can be made once that is back. */
function engineGone({ run_id }: PlannedRun, { status_reason }: Findings): UserError {
  return new UserError(
    `${run_id} could not be made: ${status_reason}\nAll finished runs are kept: mend that, and continue with --resume`,
  );
}

/** What a campaign's containers and its lock bear: parts of one may be made side by side on one machine. */
export function placeOf({ name, part }: Campaign): string {
  return part ? `${name}-${part.number}of${part.of}` : name;
}

/** What a campaign's runs need of the machine. */
export interface CampaignNeeds {
  runtime: Runtime['name'];
  releases: readonly string[];
  workloads: ReadonlySet<PlannedRun['workload']>;
}

export function needsOf({ runtime, runs }: Campaign): CampaignNeeds {
  const releases = [
    ...new Set(
      runs.flatMap(({ release, client, faults }) => [
        release,
        client?.release ?? release,
        ...(faults.some(({ kind }) => kind === 'upgrade') ? [nextRelease(release) ?? release] : []),
      ]),
    ),
  ];
  return { runtime, releases, workloads: new Set(runs.map(({ workload }) => workload)) };
}

/** Writes a new campaign's plan. */
export async function beginCampaign(campaign: Campaign, folder: string): Promise<void> {
  const { plan } = campaignPaths(folder);
  await writeFileWhole(plan, `${JSON.stringify(campaign, null, 2)}\n`);
}

/** @throws UserError where a folder holds a campaign already */
export function requireNoCampaign(folder: string): void {
  if (!existsSync(campaignPaths(folder).plan)) return;
  throw new UserError(
    `${folder} holds a campaign already: continue it with --resume, or choose another --out`,
  );
}

/** Reads the plan of a campaign that is to be continued. */
export async function readCampaign(folder: string): Promise<Campaign> {
  const { plan } = campaignPaths(folder);
  if (!existsSync(plan)) {
    throw new UserError(`there is no campaign in ${folder}: ${plan} does not exist`);
  }
  try {
    const campaign = JSON.parse(await readFile(plan, 'utf8'));
    return { ...campaign, runs: campaign.runs.map(withList) };
  } catch (error) {
    throw new UserError(`${plan} cannot be read as a campaign: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** A run as plans have it that were made when a run had one fault at most. */
function withList({ fault, ...run }: PlannedRun & { fault?: PlannedFault | null }): PlannedRun {
  return { ...run, faults: run.faults ?? (fault ? [fault] : []) };
}

function note(summary: CampaignSummary, run: CapturedRun): void {
  const { run_id, status, status_reason, fault_confirmed, other_cpu_fraction: other } = run;
  if (status === 'failed') summary.failed.push({ run_id, reason: status_reason ?? '' });
  else if (fault_confirmed === false) summary.unconfirmed.push(run_id);
  if (other !== null && other > OTHER_CPU_LIMIT)
    summary.disturbed.push({ run_id, other_cpu_fraction: other });
}

function identity(planned: PlannedRun, campaign: Campaign) {
  return {
    run_id: planned.run_id,
    campaign: campaign.name,
    scenario: planned.scenario,
    ...faultColumns(planned.faults),
    node_settings: planned.nodeSettings ? JSON.stringify(planned.nodeSettings) : null,
    workers: planned.workers,
    workload: planned.workload,
    duration_s: planned.durationS,
    consistency_expected: planned.client ? (planned.consistency ?? EXPECTED_MODEL) : null,
    trial: planned.trial,
    block: planned.block,
    position: planned.position,
    seed: campaign.seed,
    part: campaign.part ? partName(campaign.part) : null,
    plan: campaign.part?.plan ?? null,
    plan_blocks: campaign.part?.blocks ?? null,
    debian_release: planned.release,
    runtime: campaign.runtime,
  } as const;
}

async function readRun(capture: string): Promise<CapturedRun> {
  const manifest: Manifest = JSON.parse(await readFile(join(capture, CAPTURE.manifest), 'utf8'));
  return manifest.run;
}

async function removeUnfinished(captures: string): Promise<void> {
  const names = await readdir(captures);
  await Promise.all(
    names
      .filter((name) => name.endsWith('.tmp'))
      .map((name) => rm(join(captures, name), { recursive: true })),
  );
}

async function attemptsOf({ run_id }: PlannedRun, captures: string): Promise<number> {
  const names = await readdir(captures);
  return names.filter((name) => name.replace(/-a\d+$/, '') === run_id).length;
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new UserError(
    `less than ${NEEDED_BYTES / 1e6} MB are free where ${folder} lies: make room, then continue with --resume; all finished runs are kept`,
  );
}
