import { z } from 'zod';
import { type Row, TABLES } from '../../src/dataset/schema.js';

/**
 * What one run leaves behind, in a folder named by its run_id:
 *
 *     manifest.json   the run as a row of `runs`, and every file with its bytes and sha256
 *     results/        the benchmark's files, untouched: <worker>-<exec|query>-<unix seconds>
 *     events.csv      rows of `events` without run_id
 *     samples.csv     rows of `samples` without run_id; an empty field is null
 *     logs/           each node's output
 *
 * A campaign's captures lie side by side in one folder, beside its `campaign.json`.
 */
export const CAPTURE = {
  manifest: 'manifest.json',
  results: 'results',
  events: 'events.csv',
  samples: 'samples.csv',
  logs: 'logs',
} as const;

export interface CapturedFile {
  /** Below the capture's folder, with forward slashes. */
  path: string;
  bytes: number;
  sha256: string;
}

export interface Manifest {
  format: 1;
  run: Row<'runs'>;
  files: CapturedFile[];
}

const value = {
  VARCHAR: z.string(),
  BIGINT: z.int(),
  INTEGER: z.int(),
  DOUBLE: z.number(),
  BOOLEAN: z.boolean(),
};

const run = z.strictObject(
  Object.fromEntries(
    TABLES.runs.columns.map((column) => {
      const type = 'oneOf' in column ? z.enum(column.oneOf) : value[column.type];
      return [column.name, 'optional' in column ? type.nullable() : type];
    }),
  ),
);

/** Checks a manifest read from a file; its type is {@link Manifest}. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  run,
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string().length(64) })),
});
