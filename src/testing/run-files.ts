import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { failuresOnly } from './failures-only.js';
import type { Batch } from './kinds.js';
import type { Tally } from './tally.js';

/**
 * Runs the files of a batch, each in a process of its own, printing results as they come, or failures alone, and adding them
 * to `tally`.
 */
export async function runFiles(
  batch: Batch,
  tally: Tally,
  signal: AbortSignal,
  show: 'all' | 'failures' = 'all',
): Promise<void> {
  const { kind, files } = batch;
  // node:test listens once a file, and warns of a leak after ten
  setMaxListeners(0, signal);
  const results = run({
    files: [...files],
    concurrency: kind.parallel ? availableParallelism() : 1,
    timeout: kind.limitMinutes * 60_000,
    signal,
  });
  results.on('test:pass', (result) => tally.add('pass', result));
  results.on('test:fail', (result) => tally.add('fail', result));
  const report = show === 'all' ? results.compose(new spec()) : results.compose(failuresOnly);
  report.pipe(process.stdout, { end: false });
  await finished(report);
}

/** Settings of the environment that the test processes inherit. */
export function prepareEnvironment(): void {
  // no whole number of hours from UTC and no common one: whatever depends on the time zone comes out wrong
  process.env['TZ'] = 'Asia/Kathmandu';
  // failures then point at the TypeScript
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --enable-source-maps`.trim();
}
