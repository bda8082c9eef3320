import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  CAPTURE_FORMAT,
  type CapturedRun,
  FOUND_BY_INGEST,
  type Manifest,
} from '../../collect/capture/format.js';
import { TABLES } from '../dataset/schema.js';
import { type Results, resultsText } from '../ingest/results-text.js';

/** A folder of its own for a test, removed at its end. */
export function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'dqlite-reliability-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Unix time in ns at which made-up runs start. */
export const START_NS = 1_700_000_000_000_000_000n;

/** Operations at intervals of 1 ms: `ok` ones, the i-th of which takes 1 ms + i ns, and those that end in `errors`. */
export function madeUpResults(ok: number, errors: readonly string[] = [], start = START_NS): Results {
  const at = (i: number): bigint => start + BigInt(i) * 1_000_000n;
  return {
    measurements: Array.from({ length: ok }, (_, i) => [at(i), 1_000_000n + BigInt(i)] as const),
    errors: errors.map((message, i) => [at(ok + i), message] as const),
  };
}

/** Writes results files by name, such as `0-exec-1700000060`. */
export function writeResults(folder: string, files: Readonly<Record<string, Results | string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, results] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof results === 'string' ? results : resultsText(results));
  }
}

/** Two workers that each wrote three keys and read five times. */
export const TWO_WORKERS: Readonly<Record<string, Results>> = {
  '0-exec-1700000060': madeUpResults(3, ['database is locked', 'database is locked']),
  '0-query-1700000060': madeUpResults(5, ['context deadline exceeded'], START_NS + 1_000_000_000n),
  '1-exec-1700000060': madeUpResults(3),
  '1-query-1700000060': madeUpResults(5, [], START_NS + 1_000_000_000n),
};

export interface MadeUpCapture {
  run?: Partial<CapturedRun>;
  results?: Readonly<Record<string, Results | string>>;
  events?: string;
  samples?: string;
}

/** Writes a capture, complete unless told otherwise, into a folder that is named by its run_id. */
export function writeCapture(folder: string, capture: MadeUpCapture = {}): void {
  const files: Record<string, string> = {
    'events.csv': capture.events ?? EVENTS,
    'samples.csv': capture.samples ?? SAMPLES,
  };
  for (const [name, results] of Object.entries(capture.results ?? TWO_WORKERS)) {
    files[`results/${name}`] = typeof results === 'string' ? results : resultsText(results);
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const manifest: Manifest = {
    format: CAPTURE_FORMAT,
    run: { ...RUN, run_id: folder.split('/').at(-1)!, ...capture.run },
    files: Object.entries(files).map(([path, text]) => ({
      path,
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2));
}

/** Every file below a folder with its content, to see that nothing changed. */
export function contents(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(path, 'base64')]));
}

const columns = (table: 'events' | 'samples'): string =>
  TABLES[table].columns
    .map(({ name }) => name as string)
    .filter((name) => name !== 'run_id')
    .join(',');

const EVENTS = `${columns('events')}
${START_NS},workload_started,,raft1,
${START_NS + 60_000_000_000n},workload_ended,,raft1,"as planned, in time"
`;

const SAMPLES = `${columns('samples')}
${START_NS},raft1,1000,0,5000000,,3,0,0,4096,8192,100,200
${START_NS},raft2,900,,5000000,,3,0,0,4096,8192,100,200
`;

const found: readonly string[] = FOUND_BY_INGEST;
const nothing = Object.fromEntries(
  TABLES.runs.columns.filter(({ name }) => !found.includes(name)).map(({ name }) => [name, null]),
);
const RUN = {
  ...nothing,
  campaign: 'made-up',
  scenario: 'baseline',
  fault: 'none',
  target_role: 'none',
  workers: 2,
  workload: 'write100-then-read',
  duration_s: 60,
  trial: 1,
  driver_node: 'raft1',
  driver_role: 'leader',
  started_at: '2023-11-14T22:13:20.000Z',
  status: 'complete',
  runtime: 'process',
  source: 'measured',
} as CapturedRun;
