import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface WriteCounts {
  acknowledged: number;
  /** Writes that may or may not have happened: neither acknowledged nor refused. */
  uncertain: number;
}

/** Errors after which a write is known not to have happened. */
const REFUSED = /database is locked|checkpoint in progress|no available dqlite leader/;

/** Counts the writes in a folder of the benchmark's result files. */
export async function countWrites(results: string): Promise<WriteCounts> {
  const counts = { acknowledged: 0, uncertain: 0 };
  for (const file of await readdir(results)) {
    if (!file.includes('-exec-')) continue;
    const text = await readFile(join(results, file), 'utf8');
    counts.acknowledged += Number(/^n (\d+)$/m.exec(text)?.[1] ?? 0);
    const errors = text.slice(text.indexOf('\nerrors\n') + '\nerrors\n'.length);
    counts.uncertain += errors.split('\n').filter((line) => line !== '' && !REFUSED.test(line)).length;
  }
  return counts;
}

/** What is wrong between the writes acknowledged and the rows found, or null when they agree. */
export function disagreement({ acknowledged, uncertain }: WriteCounts, rows: number): string | null {
  if (rows < acknowledged) return `LOST WRITES: ${acknowledged} were acknowledged, ${rows} rows were found`;
  if (rows > acknowledged + uncertain) {
    return `UNEXPLAINED ROWS: ${acknowledged} writes were acknowledged and ${uncertain} uncertain, ${rows} rows were found`;
  }
  return null;
}
