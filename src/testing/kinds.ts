import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unknownName } from '../common/errors.js';

/** A kind of test file, told by its name: `x.test.ts` is a unit test, `x.cluster.test.ts` needs a cluster in Docker,
 * `x.process.test.ts` one of processes, … */
export interface Kind {
  readonly name: 'unit' | 'browser' | 'kernel' | 'process' | 'cluster' | 'long';
  /** What set-up must provide first, one of set-up's purposes. */
  readonly needs?: 'collect' | 'process' | 'chromium' | 'jupyter' | 'long';
  /** Files run side by side on all cores; else one after the other, because each wants the machine to itself. */
  readonly parallel: boolean;
  /** A file that takes longer hangs, and is ended. */
  readonly limitMinutes: number;
}

/** All kinds, in the order in which they are run. */
export const KINDS: readonly Kind[] = [
  { name: 'unit', parallel: true, limitMinutes: 15 },
  { name: 'browser', needs: 'chromium', parallel: false, limitMinutes: 15 },
  { name: 'kernel', needs: 'jupyter', parallel: false, limitMinutes: 15 },
  { name: 'process', needs: 'process', parallel: false, limitMinutes: 30 },
  { name: 'cluster', needs: 'collect', parallel: false, limitMinutes: 30 },
  { name: 'long', needs: 'long', parallel: false, limitMinutes: 180 },
];

/** Test files of one kind, to be run together. */
export interface Batch {
  readonly kind: Kind;
  readonly files: readonly string[];
}

/**
 * The kind of a test file, or undefined for a file that is no test.
 * @throws UserError for a suffix that is no kind
 */
export function kindOf(file: string): Kind | undefined {
  const match = /(?:\.([^./]+))?\.test\.js$/.exec(file);
  if (!match) return undefined;
  const [, suffix = 'unit'] = match;
  const kind = KINDS.find(({ name }) => name === suffix);
  if (kind) return kind;
  throw unknownName(
    `kind of test`,
    suffix,
    KINDS.map(({ name }) => name),
  );
}

/** Every built test file below `folder`, as absolute paths in a fixed order. */
export function findTests(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => kindOf(file))
    .sort()
    .map((file) => join(folder, file));
}

/**
 * Test files grouped by kind, in the order of KINDS.
 * @param kinds names of the kinds wanted
 * @param patterns keeps files whose path contains one of them; all when empty
 */
export function batches(
  files: readonly string[],
  kinds: readonly Kind['name'][],
  patterns: readonly string[],
): Batch[] {
  const wanted = files.filter(
    (file) => patterns.length === 0 || patterns.some((p) => file.includes(p.replace(/\.ts$/, ''))),
  );
  return KINDS.filter(({ name }) => kinds.includes(name))
    .map((kind) => ({ kind, files: wanted.filter((file) => kindOf(file) === kind) }))
    .filter(({ files }) => files.length > 0);
}
