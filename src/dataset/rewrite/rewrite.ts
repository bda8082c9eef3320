import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../common/errors.js';
import { createDataset } from '../create.js';
import { toCsv } from '../csv.js';
import { type DataPackage, type Description, readDataPackage, writeDataPackage } from '../datapackage.js';
import { type Dataset, openDataset } from '../open.js';
import { OperationsWriter } from '../operations.js';
import { writeSamples } from '../samples.js';
import { type Row, STAND_INS, TABLES, type TableName } from '../schema.js';
import { copyOperations } from './copy-operations.js';

/** A run, and the dataset that it is in. */
interface Chosen {
  run: Row<'runs'>;
  dataset: Dataset;
}

/** Runs that a dataset will have without their operations, and the rows that stand in for these. */
export interface LeftOut {
  runs: ReadonlySet<string>;
  tallies: readonly Row<'tallies'>[];
  percentiles: readonly Row<'percentiles'>[];
  windows: readonly Row<'windows'>[];
  outages: readonly Row<'outages'>[];
}

const NOTHING: LeftOut = { runs: new Set(), tallies: [], percentiles: [], windows: [], outages: [] };

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
  leftOut: LeftOut = NOTHING,
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
          if (leftOut.runs.has(run.run_id)) continue;
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
      const without = new Set<string>();
      for (const name of STAND_INS) {
        for (const run_id of await writeStandIns(folder, name, chosen, leftOut)) without.add(run_id);
      }
      const description = describe(packages, runs);
      if (without.size > 0) description.description += leftOutWords(without.size, runs.length);
      await writeDataPackage(folder, description);
    });
    return chosen.length;
  } finally {
    for (const dataset of datasets) dataset.close();
  }
}

/** Writes what stands in for operations, where there is any. Returns the runs that it stands for. */
async function writeStandIns(
  folder: string,
  name: (typeof STAND_INS)[number],
  chosen: readonly Chosen[],
  leftOut: LeftOut,
): Promise<string[]> {
  const before = chosen.filter(({ run }) => !leftOut.runs.has(run.run_id));
  const names = new Set(chosen.map(({ run }) => run.run_id));
  const now = (leftOut[name] as readonly Row<typeof name>[]).filter(({ run_id }) => names.has(run_id));
  const rows = [...(await rowsOf(name, before)), ...now];
  if (rows.length > 0) await writeFile(join(folder, TABLES[name].file), toCsv(name, rows));
  return rows.map(({ run_id }) => run_id);
}

function leftOutWords(without: number, all: number): string {
  return ` To keep it small, the operations of ${without} of the ${all} runs were left out; ${STAND_INS.join(', ')} say what they came to.`;
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
