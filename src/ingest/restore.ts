import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { temporaryBeside } from '../common/files.js';
import type { Dataset } from '../dataset/open.js';
import type { Row } from '../dataset/schema.js';
import { resultsText } from './results-text.js';

type Recorded = Pick<Row<'operations'>, 'start_ns' | 'latency_ns' | 'error'>;

/** The text of the results file that a row of `sources` stands for, made again from the operations. */
export async function restoredText(dataset: Pick<Dataset, 'query'>, source: Row<'sources'>): Promise<string> {
  const rows = await dataset.query<Recorded>(
    `select start_ns, latency_ns, error from operations
     where run_id = $run_id and op = $op and worker = $worker order by seq`,
    { run_id: source.run_id, op: source.op, worker: source.worker },
  );
  const ok = rows.filter((row) => row.latency_ns !== null);
  const failed = rows.filter((row) => row.latency_ns === null);
  return resultsText({
    measurements: ok.map((row) => [row.start_ns, row.latency_ns!] as const),
    errors: failed.map((row) => [row.start_ns, row.error!] as const),
  });
}

/**
 * Writes the results files of a dataset again, into a new folder, `<run_id>/<file>`, each checked against its recorded
 * SHA-256. Files that were cut off, and those of failed runs, cannot be made again.
 */
export async function restore(dataset: Dataset, out: string): Promise<{ written: number; left: string[] }> {
  const target = resolve(out);
  if (existsSync(target)) throw new UserError(`${out} is there already: choose a new folder`);
  const sources = await dataset.query<Row<'sources'>>('select * from sources order by run_id, op, worker');
  const folder = temporaryBeside(target);
  const left: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const source of sources) {
      const name = `${source.run_id}/${source.file}`;
      const path = resolve(folder, name);
      if (!path.startsWith(`${folder}/`)) throw new UserError(`sources: ${name} leaves the folder`);
      const text = await restoredText(dataset, source);
      if (createHash('sha256').update(text).digest('hex') !== source.sha256) {
        left.push(name);
        continue;
      }
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    await rename(folder, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { written: sources.length - left.length, left };
}
