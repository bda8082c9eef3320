import { z } from '../../src/common/bundled/zod.js';
import { type Column, type Row, TABLES } from '../../src/dataset/schema.js';

/**
 * What one run leaves behind, in a folder named by its run_id:
 *
 *     manifest.json   the run as a row of `runs`, and every file with its bytes and sha256
 *     results/        the benchmark's files, untouched: <worker>-<exec|query>-<unix seconds>
 *     events.csv      rows of `events` without run_id
 *     evidence.csv    rows of `evidence` without run_id
 *     samples.csv     rows of `samples` without run_id; an empty field is null
 *     logs/           each node's output
 *
 * A campaign's captures lie side by side in one folder, beside its `campaign.json`. They are facts as they were seen: what
 * is made of them (counts of the results, flags, the exact start of the workload) is ingest's.
 */
export const CAPTURE = {
  manifest: 'manifest.json',
  results: 'results',
  events: 'events.csv',
  evidence: 'evidence.csv',
  samples: 'samples.csv',
  logs: 'logs',
} as const;

/**
 * Version of the layout of captures. It grows when an older reader would be wrong; a column that may be missing needs no
 * new version. Format 1 had no evidence.csv, and other names for three things (see `src/ingest/capture-1.ts`).
 */
export const CAPTURE_FORMAT = 2;

export interface CapturedFile {
  /** Below the capture's folder, with forward slashes. */
  path: string;
  bytes: number;
  sha256: string;
}

/** Columns of `runs` that ingest finds out. */
export const FOUND_BY_INGEST = [
  'acknowledged_writes',
  'run_flags',
  'consistency',
  'consistency_model',
  'consistency_reason',
  'consistency_witness',
] as const;

export type CapturedRun = Omit<Row<'runs'>, (typeof FOUND_BY_INGEST)[number]>;

export interface Manifest {
  format: number;
  run: CapturedRun;
  files: CapturedFile[];
}

const value = {
  VARCHAR: z.string(),
  BIGINT: z.int(),
  INTEGER: z.int(),
  DOUBLE: z.number(),
  BOOLEAN: z.boolean(),
};

/** A column that may be missing may have been unknown to whoever wrote the file. */
function valueIn(column: Column): z.ZodType {
  const type: z.ZodType = column.oneOf ? z.enum(column.oneOf as [string, ...string[]]) : value[column.type];
  return column.optional ? type.nullable().default(null) : type;
}

const found: readonly string[] = FOUND_BY_INGEST;
const run = z.strictObject(
  Object.fromEntries(
    (TABLES.runs.columns as readonly Column[])
      .filter(({ name }) => !found.includes(name))
      .map((column) => [column.name, valueIn(column)]),
  ),
);

/** Checks what a manifest says beside its run. */
export const manifestSchema = z.strictObject({
  format: z.int(),
  run: z.record(z.string(), z.unknown()),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string().length(64) })),
});

/** Checks the run of a manifest of the present format; its type is {@link CapturedRun}. */
export const runSchema = run;
