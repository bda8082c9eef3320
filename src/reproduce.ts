import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { campaignPaths } from '../collect/campaign.js';
import { collect, playable } from '../collect/collect.js';
import { SCENARIOS_2022 } from '../collect/scenario.js';
import { UserError } from './common/errors.js';
import { Interrupted } from './common/interrupt.js';
import { packagePath } from './common/paths.js';
import { fingerprint } from './dataset/fingerprint.js';
import { figures } from './figures/index.js';
import { ingest } from './ingest/ingest.js';
import { describeIngest } from './ingest/report.js';
import { renderFigures } from './render/figures.js';
import { openDataset } from './results/core/open.js';
import { comparePublished, publishedTable } from './results/derived/published.js';
import { setUp, setUpCampaign } from './setup/setup.js';

const KINDS = { quick: { durationS: 10, trials: 1 }, full: { durationS: 60, trials: 3 } };

interface Place {
  runtime: 'compose' | 'process';
  scenarios: string[];
  /** What differs from the usual way and why, to be said before and after. */
  notice: string;
}

/**
 * The whole way: set-up, campaign, dataset, figures, and what was published in 2022 beside what was measured here.
 * A campaign that was stopped is continued; a finished one is used as it is, unless `fresh`. Where no Docker engine
 * can be had, the cluster runs as processes of this machine, in a campaign and a dataset of their own.
 */
export async function reproduce(options: {
  full: boolean;
  fresh: boolean;
  runtime?: Place['runtime'] | undefined;
}): Promise<void> {
  step('set-up');
  const { runtime, scenarios, notice } = await choosePlace(options.runtime);
  if (notice) say(notice);

  const kind = options.full ? 'full' : 'quick';
  const name = runtime === 'compose' ? kind : `${kind}-${runtime}`;
  const campaign = packagePath('data', `${name}-captures`);
  const dataset = packagePath('data', name);
  const pictures = packagePath('figures', name);

  step('campaign');
  if (options.fresh) await rm(campaign, { recursive: true, force: true });
  const resume = existsSync(campaignPaths(campaign).plan);
  if (resume) say(`continuing the campaign in ${shown(campaign)}; --fresh measures all again`);
  const captures = await collect({
    ...KINDS[kind],
    scenarios,
    out: campaign,
    name,
    seed: 2022,
    retries: 2,
    repeatDisturbed: false,
    runtime,
    resume,
    dryRun: false,
    setUp: setUpCampaign,
  });

  step('dataset');
  say(describeIngest(await ingest({ paths: [captures], out: dataset }), shown(dataset)).trimEnd());

  step('figures');
  const data = await openDataset(dataset);
  try {
    const job = {
      chosen: figures,
      all: true,
      out: pictures,
      open: async () => data,
      fingerprint: await fingerprint(dataset),
    };
    for (const { figure, files, missing } of await renderFigures(job)) {
      if (missing === undefined)
        for (const file of files.filter((name) => name.endsWith('.svg'))) say(shown(join(pictures, file)));
      else say(`${figure.name} was left out: ${missing}`);
    }
    step('published in 2022, and measured here');
    process.stdout.write(`${publishedTable(await comparePublished(data))}\n`);
    if (notice) say(`\n${notice}`);
    say(
      '\nThe hosts differ, so compare the relative columns: each value over the baseline of its own evaluation.\n' +
        `Next: npm run summary -- --data ${shown(dataset)}`,
    );
  } finally {
    data.close();
  }
}

/** Compose where it can be had or was asked for, else processes of this machine. */
async function choosePlace(wanted: Place['runtime'] | undefined): Promise<Place> {
  if (wanted !== 'process') {
    try {
      await setUp('collect');
      return { runtime: 'compose', scenarios: SCENARIOS_2022, notice: '' };
    } catch (error) {
      if (wanted || !(error instanceof UserError) || error instanceof Interrupted) throw error;
      return inProcesses(error);
    }
  }
  return inProcesses();
}

async function inProcesses(noDocker?: UserError): Promise<Place> {
  try {
    await setUp('process');
  } catch (error) {
    if (!(error instanceof UserError) || !noDocker) throw error;
    throw new UserError(
      `neither containers nor processes can run here.\nContainers: ${noDocker.message}\n\nProcesses: ${error.message}`,
      { cause: error },
    );
  }
  const { scenarios, refused } = await playable(SCENARIOS_2022, 'process');
  const why = noDocker ? ` because Docker cannot be used:\n${indented(noDocker.message)}\n` : '.\n';
  const left = refused.length > 0 ? `Left out:\n${indented(refused.join('\n'))}\n` : '';
  return {
    runtime: 'process',
    scenarios,
    notice:
      `NOTE: the cluster runs as three processes of this machine, not in containers,${why}${left}` +
      'Its campaign, dataset and figures are its own (quick-process, full-process): numbers of the two are not compared.',
  };
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function step(title: string): void {
  say(`\n── ${title}`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function shown(path: string): string {
  return relative(process.cwd(), path) || '.';
}
