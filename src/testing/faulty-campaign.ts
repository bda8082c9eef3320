import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Campaign, campaignPaths, runCampaign } from '../../collect/campaign.js';
import { planCampaign } from '../../collect/plan.js';
import { RUNTIME_KINDS } from '../../collect/runtimes/index.js';
import { parseScenario } from '../../collect/scenario.js';
import type { Row } from '../dataset/schema.js';
import { ingest } from '../ingest/ingest.js';
import { openDataset } from '../results/core/open.js';
import { allRuns } from '../results/runs/all.js';
import { behindProxies } from './faulty-runtime.js';
import type { Answers } from './old-copy.js';

const quiet = { begin() {}, start() {}, done() {}, skip() {}, note() {}, end() {} };

/** A scenario as its file has it. */
export type ScenarioText = Readonly<Record<string, unknown>>;

/**
 * Makes a run of a scenario with processes on this machine, whose client reaches the nodes through proxies, the first of
 * which answers by `answers`; returns the dataset that it was ingested into, below `folder`.
 */
export async function collectBehindProxies(
  folder: string,
  scenario: ScenarioText,
  durationS: number,
  answers: () => Answers,
): Promise<string> {
  const own = await mkdtemp(join(folder, 'run-'));
  const name = `test-proxies-${process.pid}`;
  const { open, releases } = RUNTIME_KINDS.process;
  const runs = planCampaign({
    scenarios: [parseScenario(JSON.stringify(scenario), 'behind-proxies.yml')],
    releases: releases(undefined),
    trials: 1,
    durationS,
    seed: 1,
  });
  const campaign: Campaign = { name, seed: 1, created_at: '', runtime: 'process', runs };
  const runtime = behindProxies(
    open(name, () => {}),
    answers,
  );
  const { signal } = new AbortController();
  await runCampaign(campaign, own, { runtime, retries: 2, progress: quiet, signal });
  const data = join(own, 'data');
  await ingest({ paths: [campaignPaths(own).captures], out: data });
  await rm(campaignPaths(own).captures, { recursive: true });
  return data;
}

/** The row of a dataset's only run. */
export async function onlyRun(folder: string): Promise<Row<'runs'>> {
  const data = await openDataset(folder);
  try {
    const [run] = await allRuns(data);
    return run!;
  } finally {
    data.close();
  }
}
