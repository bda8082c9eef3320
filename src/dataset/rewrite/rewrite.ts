import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../common/errors.js';
import { createDataset } from '../create.js';
import { toCsv } from '../csv.js';
import { type DataPackage, type Description, readDataPackage, writeDataPackage } from '../datapackage.js';
import { type Dataset, openDataset } from '../open.js';
import { OperationsWriter } from '../operations.js';
import { writeSamples } from '../samples.js';
import { type Row, TABLES, type TableName } from '../schema.js';
import { copyOperations } from './copy-operations.js';

/** A run, and the dataset that it is in. */
interface Chosen {
  run: Row<'runs'>;
  dataset: Dataset;
}

/**
 * Makes a dataset of runs of other datasets. Returns how many runs it has.
 *
 * @param choose of a dataset's runs, sorted by run_id, those to take
 * @param describe what the new dataset says of itself, from the old packages and the chosen runs
 */
export async function rewrite(
  folders: readonly string[],
  out: string,
  choose: (runs: readonly Row<'runs'>[]) => readonly Row<'runs'>[],
  describe: (packages: readonly DataPackage[], runs: readonly Row<'runs'>[]) => Description,
): Promise<number> {
  const packages = await Promise.all(folders.map(readDataPackage));
  const datasets = await Promise.all(folders.map(openDataset));
  try {
    const chosen: Chosen[] = [];
    for (const dataset of datasets) {
      const runs = await dataset.query<Row<'runs'>>('select * from runs order by run_id');
      for (const run of choose(runs)) chosen.push({ run, dataset });
    }
    chosen.sort((a, b) => (a.run.run_id < b.run.run_id ? -1 : 1));
    requireDistinct(chosen);
    if (chosen.length === 0) throw new UserError('no run fits: the dataset would be empty');
    await createDataset(out, async (folder) => {
      const writer = new OperationsWriter(join(folder, TABLES.operations.file));
      try {
        for (const { run, dataset } of chosen) {
          await copyOperations(join(dataset.folder, TABLES.operations.file), run.run_id, writer);
        }
        writer.end();
      } catch (error) {
        writer.abandon();
        throw error;
      }
      const runs = chosen.map(({ run }) => run);
      await writeFile(join(folder, TABLES.runs.file), toCsv('runs', runs));
      const rows = <N extends TableName>(name: N) => rowsOf(name, chosen);
      await writeFile(join(folder, TABLES.events.file), toCsv('events', await rows('events')));
      await writeFile(join(folder, TABLES.sources.file), toCsv('sources', await rows('sources')));
      await writeSamples(join(folder, TABLES.samples.file), await rows('samples'));
      await writeDataPackage(folder, describe(packages, runs));
    });
    return chosen.length;
  } finally {
    for (const dataset of datasets) dataset.close();
  }
}

/** The names of a dataset's contributors. */
export function contributorsOf({ contributors }: DataPackage): string[] {
  return contributors.map(({ title }) => title);
}

function requireDistinct(sorted: readonly Chosen[]): void {
  sorted.forEach(({ run, dataset }, i) => {
    const next = sorted[i + 1];
    if (next?.run.run_id === run.run_id) {
      throw new UserError(`the run ${run.run_id} is in both ${dataset.folder} and ${next.dataset.folder}`);
    }
  });
}

async function rowsOf<N extends TableName>(name: N, chosen: readonly Chosen[]): Promise<Row<N>[]> {
  const rows: Row<N>[] = [];
  for (const { run, dataset } of chosen) {
    const found = await dataset.query<Row<N>>(`select * from ${name} where run_id = $run_id`, {
      run_id: run.run_id,
    });
    for (const row of found) rows.push(row);
  }
  return rows;
}
