import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../common/errors.js';
import { groupBy } from '../../common/group.js';
import { createDataset } from '../../dataset/create.js';
import { toCsv } from '../../dataset/csv.js';
import {
  type DataPackage,
  type Description,
  readDataPackage,
  writeDataPackage,
} from '../../dataset/datapackage.js';
import { literal, openDuck } from '../../dataset/duck.js';
import type { Dataset } from '../../dataset/open.js';
import { OperationsWriter } from '../../dataset/operations.js';
import { writeSamples } from '../../dataset/samples.js';
import { type Row, TABLES, type TableName } from '../../dataset/schema.js';
import { openDataset } from '../../results/core/open.js';
import { type KeptRuns, storeResults } from '../../results/core/store.js';
import { ALL_TABLES } from '../../results/core/tables.js';
import { copyOperations } from './copy-operations.js';
import { distinctNames } from './names.js';

/** A run, and the dataset that it is in. */
interface Chosen {
  run: Row<'runs'>;
  /** What the run is called there. */
  was: string;
  dataset: Dataset;
  /** Whether the new dataset has its operations. */
  operations: boolean;
}

/** What a new dataset is to be, made of runs of others. */
export interface Rewriting {
  /** Of a dataset's runs, sorted by run_id, those to take. */
  choose: (runs: readonly Row<'runs'>[]) => readonly Row<'runs'>[];
  /** The campaign that all runs are of. Default: each the one that it names. */
  campaign?: string | undefined;
  /** What the new dataset says of itself, from the old packages and the chosen runs. */
  describe: (packages: readonly DataPackage[], runs: readonly Row<'runs'>[]) => Description;
  /** Whether a run's operations are taken over, too; its results always are. Default: all of them. */
  withOperations?: (run: Row<'runs'>) => boolean;
  /** Puts what else belongs to it into the new dataset's folder. Default: nothing. */
  besides?: (folder: string) => Promise<void>;
}

/** Makes a dataset of runs of other datasets, whatever their format. Returns how many runs it has. */
export async function rewrite(
  folders: readonly string[],
  out: string,
  { choose, campaign, describe, withOperations = () => true, besides }: Rewriting,
): Promise<number> {
  const packages = await Promise.all(folders.map(readDataPackage));
  const datasets = await Promise.all(folders.map(openDataset));
  try {
    const named = await chosenRuns(datasets, choose, withOperations);
    const chosen = campaign ? named.map((one) => ({ ...one, run: { ...one.run, campaign } })) : named;
    if (chosen.length === 0) throw new UserError('no run fits: the dataset would be empty');
    await createDataset(out, async (folder) => {
      await writeOperations(folder, chosen, datasets);
      await writeAttempts(folder, chosen);
      const runs = chosen.map(({ run }) => run);
      await writeFile(join(folder, TABLES.runs.file), toCsv('runs', runs));
      for (const name of ['events', 'evidence', 'sources'] as const) {
        await writeFile(join(folder, TABLES[name].file), toCsv(name, await rowsOf(name, chosen)));
      }
      await writeSamplesOf(folder, chosen, datasets);
      const kept = keptRuns(chosen, datasets);
      await storeResults(folder, kept);
      const description = describe(packages, runs);
      const left = await leftOut(kept);
      if (left > 0) description.description += leftOutWords(left, runs.length);
      await writeDataPackage(folder, description, ALL_TABLES);
      await besides?.(folder);
    });
    return chosen.length;
  } finally {
    for (const dataset of datasets) dataset.close();
  }
}

/** The runs to take, sorted by the names that they are to have. */
async function chosenRuns(
  datasets: readonly Dataset[],
  choose: Rewriting['choose'],
  withOperations: (run: Row<'runs'>) => boolean,
): Promise<Chosen[]> {
  const parts = await Promise.all(
    datasets.map(async (dataset) => {
      const runs = choose(await dataset.query<Row<'runs'>>('select * from runs order by run_id'));
      return { folder: dataset.folder, dataset, runs, there: await runsWithOperations(dataset) };
    }),
  );
  const names = distinctNames(parts);
  const chosen = parts.flatMap(({ dataset, runs, there }, i) =>
    names[i]!.map((run, at): Chosen => {
      const was = runs[at]!.run_id;
      return { run, was, dataset, operations: there.has(was) && withOperations(run) };
    }),
  );
  return chosen.sort((a, b) => (a.run.run_id < b.run.run_id ? -1 : 1));
}

/** The operations of the chosen runs: the same file, where these are all that one dataset has. */
async function writeOperations(
  folder: string,
  chosen: readonly Chosen[],
  datasets: readonly Dataset[],
): Promise<void> {
  const target = join(folder, TABLES.operations.file);
  const taken = chosen.filter(({ operations }) => operations);
  const [only] = datasets;
  if (datasets.length === 1 && (await runsWithOperations(only!)).size === taken.length) {
    await copyFile(join(only!.folder, TABLES.operations.file), target);
    return;
  }
  const writer = new OperationsWriter(target);
  try {
    for (const { run, was, dataset } of taken) {
      await copyOperations(join(dataset.folder, TABLES.operations.file), was, run.run_id, writer);
    }
    writer.end();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** The attempts of the chosen runs whose operations are taken over; no file where there are none. */
async function writeAttempts(folder: string, chosen: readonly Chosen[]): Promise<void> {
  const taken = chosen.filter(({ dataset, operations }) => operations && existsSync(attemptsOf(dataset)));
  if (taken.length === 0) return;
  const parts = [...groupBy(taken, ({ dataset }) => dataset)].map(
    ([dataset, runs]) =>
      `SELECT a.* REPLACE (named.now AS run_id) FROM read_parquet(${literal(attemptsOf(dataset))}) a
       JOIN (VALUES ${runs.map(({ was, run }) => `(${literal(was)}, ${literal(run.run_id)})`).join(', ')}) named (was, now)
         ON a.run_id = named.was`,
  );
  const order = TABLES.attempts.sortedBy.join(', ');
  const duck = await openDuck({ threads: '1' }); // the same rows give the same bytes
  try {
    await duck.connection.run(
      `COPY (FROM (${parts.map((part) => `(${part})`).join(' UNION ALL BY NAME ')}) ORDER BY ${order})
       TO ${literal(join(folder, TABLES.attempts.file))} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`,
    );
  } finally {
    duck.close();
  }
}

const attemptsOf = (dataset: Dataset) => join(dataset.folder, TABLES.attempts.file);

/** The samples of the chosen runs: the same file, where these are all that one dataset has. */
async function writeSamplesOf(
  folder: string,
  chosen: readonly Chosen[],
  [only, ...others]: readonly Dataset[],
): Promise<void> {
  const target = join(folder, TABLES.samples.file);
  const [all] = await only!.query<{ runs: number }>('select count(*) as runs from runs');
  const file = join(only!.folder, TABLES.samples.file);
  if (others.length === 0 && all!.runs === chosen.length && existsSync(file)) await copyFile(file, target);
  else await writeSamples(target, await rowsOf('samples', chosen));
}

async function runsWithOperations(dataset: Dataset): Promise<Set<string>> {
  const rows = await dataset.query<{ run_id: string }>(
    'select distinct run_id from operations union select distinct run_id from attempts',
  );
  return new Set(rows.map(({ run_id }) => run_id));
}

function keptRuns(chosen: readonly Chosen[], datasets: readonly Dataset[]): KeptRuns[] {
  return datasets.map((dataset) => ({
    dataset,
    runs: chosen.filter((one) => one.dataset === dataset && !one.operations),
  }));
}

/** How many of these runs had operations, which are known by what became of them. */
async function leftOut(kept: readonly KeptRuns[]): Promise<number> {
  const counts = await Promise.all(
    kept.map(async ({ dataset, runs }) => {
      const rows = await dataset.query<{ run_id: string }>(
        'select distinct run_id from outcomes union select distinct run_id from service',
      );
      return rows.filter(({ run_id }) => runs.some(({ was }) => was === run_id)).length;
    }),
  );
  return counts.reduce((a, b) => a + b, 0);
}

function leftOutWords(left: number, all: number): string {
  return ` To keep it small, the operations of ${left} of the ${all} runs were left out; results/ has what they came to.`;
}

async function rowsOf<N extends TableName>(name: N, chosen: readonly Chosen[]): Promise<Row<N>[]> {
  const rows: Row<N>[] = [];
  for (const { run, was, dataset } of chosen) {
    const found = await dataset.query<Row<N>>(`select * from ${name} where run_id = $was`, { was });
    for (const row of found) rows.push({ ...row, run_id: run.run_id });
  }
  return rows;
}
