import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { campaignPaths } from '../collect/campaign.js';
import { collect, playable } from '../collect/collect.js';
import { SCENARIOS_2022, SCENARIOS_TODAY } from '../collect/scenario.js';
import { UserError } from './common/errors.js';
import { Interrupted } from './common/interrupt.js';
import { packagePath } from './common/paths.js';
import { textTable } from './common/table.js';
import { fingerprint } from './dataset/fingerprint.js';
import { figures } from './figures/index.js';
import { ingest } from './ingest/ingest.js';
import { describeIngest } from './ingest/report.js';
import { renderFigures } from './render/figures.js';
import { openDataset } from './results/core/open.js';
import { type Felt, felt } from './results/derived/felt.js';
import { comparePublished, publishedTable } from './results/derived/published.js';
import { setUp, setUpCampaign } from './setup/setup.js';
import { DEFAULT_RUNTIME, RUNTIMES, type RuntimeName } from './vocabulary/runtimes.js';

const KINDS = { quick: { durationS: 10, trials: 1 }, full: { durationS: 60, trials: 3 } };

interface Place {
  runtime: RuntimeName;
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
  /** Whether the client puts the questions, and not 2022's benchmark. */
  today: boolean;
  fresh: boolean;
  runtime?: Place['runtime'] | undefined;
}): Promise<void> {
  step('set-up');
  const { runtime, scenarios, notice } = await choosePlace(
    options.today ? SCENARIOS_TODAY : SCENARIOS_2022,
    options.runtime,
  );
  if (notice) say(notice);

  const kind = options.full ? 'full' : 'quick';
  const name = [
    kind,
    ...(options.today ? ['today'] : []),
    ...(runtime === DEFAULT_RUNTIME ? [] : [runtime]),
  ].join('-');
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
    if (options.today) {
      step('what clients felt');
      process.stdout.write(`${feltTable(await felt(data))}\n`);
      if (notice) say(`\n${notice}`);
      say(`\nNext: npm run check -- --data ${shown(dataset)}`);
      return;
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

/** The runtimes that are tried where none is asked for, in turn. */
const IN_TURN: readonly RuntimeName[] = [DEFAULT_RUNTIME, 'process'];

/** The runtime that was asked for, or the first that can be had. */
async function choosePlace(asked: readonly string[], wanted: RuntimeName | undefined): Promise<Place> {
  const failures: { runtime: RuntimeName; error: UserError }[] = [];
  for (const runtime of wanted ? [wanted] : IN_TURN) {
    try {
      await setUp(RUNTIMES[runtime].purpose);
      return await placeOf(asked, runtime, failures[0]?.error);
    } catch (error) {
      if (wanted || !(error instanceof UserError) || error instanceof Interrupted) throw error;
      failures.push({ runtime, error });
    }
  }
  const reasons = failures.map(
    ({ runtime, error }) => `${runtime} (${RUNTIMES[runtime].about}): ${error.message}`,
  );
  throw new UserError(`no cluster can run here.\n${reasons.join('\n\n')}`, { cause: failures[0]?.error });
}

/** What is said of a runtime that is not the usual one. */
async function placeOf(
  asked: readonly string[],
  runtime: RuntimeName,
  instead: UserError | undefined,
): Promise<Place> {
  if (runtime === DEFAULT_RUNTIME) return { runtime, scenarios: [...asked], notice: '' };
  const { scenarios, refused } = await playable(asked, runtime);
  const why = instead
    ? `, because ${DEFAULT_RUNTIME} cannot be used:\n${indented(instead.message)}\n`
    : '.\n';
  const left = refused.length > 0 ? `Left out:\n${indented(refused.join('\n'))}\n` : '';
  return {
    runtime,
    scenarios,
    notice:
      `NOTE: the nodes are ${RUNTIMES[runtime].label}, not ${RUNTIMES[DEFAULT_RUNTIME].label}${why}${left}` +
      `Its campaign, dataset and figures are its own (quick-${runtime}, full-${runtime}): numbers of the two are not compared.`,
  };
}

function feltTable(rows: readonly Felt[]): string {
  const ms = (value: number | null) =>
    value === null ? '' : Number(value.toPrecision(3)).toLocaleString('en-US');
  return textTable(
    ['scenario', 'severity', 'served within 1 s', 'read p99 (ms)', 'write p99 (ms)'],
    rows.map((row) => ({
      scenario: row.scenario,
      severity: row.severity === null ? '' : `${row.severity} ${row.severity_unit}`,
      'served within 1 s': row.served === null ? '' : `${(100 * row.served).toFixed(1)} %`,
      'read p99 (ms)': ms(row.read_p99_ms),
      'write p99 (ms)': ms(row.write_p99_ms),
    })),
  );
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
