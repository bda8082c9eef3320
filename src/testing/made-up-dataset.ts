import { basename, join } from 'node:path';
import type { TestContext } from 'node:test';
import { ingest } from '../ingest/ingest.js';
import { contents, madeUpResults, temporaryFolder, writeCapture } from './made-up-runs.js';

/** Reads the captures in `<folder>/in` into a dataset. */
export async function ingestInto(folder: string, out: string): Promise<void> {
  await ingest({ paths: [join(folder, 'in')], out });
}

/** A sound dataset of three runs, in `<folder>/data`; their captures are in `<folder>/in`. */
export async function madeUpDataset(context: TestContext): Promise<{ folder: string; data: string }> {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/baseline-1'));
  writeCapture(join(folder, 'in/crash-1'), {
    run: { scenario: 'crash-leader', fault: 'crash', target_role: 'leader' },
  });
  writeCapture(join(folder, 'in/large-1'), {
    run: { workers: 1, trial: 2, status_reason: 'a "doubt", or two' },
    results: { '0-query-1700000060': madeUpResults(70_000, ['EOF', 'a, "new" one', 'EOF']) },
  });
  await ingestInto(folder, join(folder, 'data'));
  return { folder, data: join(folder, 'data') };
}

/** The files of a dataset, by their names without the folder, with their content. */
export function filesOf(data: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(contents(data)).map(([path, content]) => [basename(path), content]),
  );
}
