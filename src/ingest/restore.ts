import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { temporaryBeside } from '../common/files.js';
import type { Dataset } from '../dataset/open.js';
import type { Row } from '../dataset/schema.js';
import { layout } from './results-text.js';

/** Lines are put together by DuckDB, which does so on all cores and hands over one text. */
const PARTS = `
  select count(*) filter (where ok) as n, count(*) filter (where not ok) as "nErr",
    coalesce(sum(latency_ns), 0)::varchar as sum, max(latency_ns)::varchar as most, min(latency_ns)::varchar as least,
    coalesce(string_agg(line, '' order by seq) filter (where ok), '') as measured,
    coalesce(string_agg(line, '' order by seq) filter (where not ok), '') as failed
  from (
    select seq, latency_ns, outcome = 'ok' as ok, start_ns || ' ' || if(outcome = 'ok',
      (latency_ns // 1000000) || '.' || lpad((latency_ns % 1000000)::varchar, 6, '0'), error) || chr(10) as line
    from operations where run_id = $run_id and op = $op and worker = $worker)`;

/** The text of the results file that a row of `sources` stands for, made again from the operations. */
export async function restoredText(dataset: Pick<Dataset, 'query'>, source: Row<'sources'>): Promise<string> {
  const { run_id, op, worker } = source;
  const [row] = await dataset.query<
    Record<'sum' | 'most' | 'least' | 'measured' | 'failed', string> & Record<'n' | 'nErr', number>
  >(PARTS, { run_id, op, worker });
  const { n, nErr, sum, most, least, measured, failed } = row!;
  const number = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return layout({
    n: BigInt(n),
    nErr,
    sum: BigInt(sum),
    most: number(most),
    least: number(least),
    measured,
    failed,
  });
}

/**
 * Writes the results files of a dataset again, into a new folder, `<run_id>/<file>`, each checked against its recorded
 * SHA-256. Files that were cut off, and those of failed runs and of runs whose operations were left out, cannot
 * be made again.
 */
export async function restore(dataset: Dataset, out: string): Promise<{ written: number; left: string[] }> {
  const target = resolve(out);
  if (existsSync(target)) throw new UserError(`${out} is there already: choose a new folder`);
  const sources = await dataset.query<Row<'sources'>>(
    'select * from sources where op is not null order by run_id, op, worker',
  );
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
