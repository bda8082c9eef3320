import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { campaignPaths } from '../collect/campaign.js';
import { collect } from '../collect/collect.js';
import { SCENARIOS_2022 } from '../collect/scenario.js';
import { comparePublished, publishedTable } from './analysis/published.js';
import { packagePath } from './common/paths.js';
import { fingerprint } from './dataset/fingerprint.js';
import { openDataset } from './dataset/open.js';
import { figures } from './figures/index.js';
import { ingest } from './ingest/ingest.js';
import { describeIngest } from './ingest/report.js';
import { renderFigures } from './render/figures.js';
import { setUp } from './setup/setup.js';

const KINDS = { quick: { durationS: 10, trials: 1 }, full: { durationS: 60, trials: 3 } };

/**
 * The whole way: set-up, campaign, dataset, figures, and what was published in 2022 beside what was measured here.
 * A campaign that was stopped is continued; a finished one is used as it is, unless `fresh`.
 */
export async function reproduce({ full, fresh }: { full: boolean; fresh: boolean }): Promise<void> {
  const name = full ? 'full' : 'quick';
  const campaign = packagePath('data', `${name}-captures`);
  const dataset = packagePath('data', name);
  const pictures = packagePath('figures', name);

  step('set-up');
  await setUp('collect');

  step('campaign');
  if (fresh) await rm(campaign, { recursive: true, force: true });
  const resume = existsSync(campaignPaths(campaign).plan);
  if (resume) say(`continuing the campaign in ${shown(campaign)}; --fresh measures all again`);
  const captures = await collect({
    ...KINDS[name],
    scenarios: SCENARIOS_2022,
    out: campaign,
    name,
    releases: ['trixie'],
    seed: 2022,
    retries: 2,
    repeatDisturbed: false,
    runtime: 'compose',
    resume,
    dryRun: false,
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
    say(
      '\nThe hosts differ, so compare the relative columns: each value over the baseline of its own evaluation.\n' +
        `Next: npm run summary -- --data ${shown(dataset)}`,
    );
  } finally {
    data.close();
  }
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
