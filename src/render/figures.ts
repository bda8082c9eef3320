import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError, unknownName } from '../common/errors.js';
import { writeFileWhole } from '../common/files.js';
import type { Captions, Figure, Queryable } from '../figures/parts/figure.js';
import { type Entry, intact, keyOf, readCache, sha256, writeCache } from './cache.js';
import { type Drawn, type DrawOptions, drawFigures, fileName } from './draw.js';
import { pagesOf } from './page-files.js';

export interface Job extends DrawOptions {
  /** Opened only when something has to be drawn. */
  open(): Promise<Queryable>;
  /** Tells one dataset from another. */
  fingerprint: string;
  out: string;
  /** What to draw, in order. */
  chosen: readonly Figure[];
  /** Whether these are all the figures that there are; else the pages keep what they say of others. */
  all: boolean;
  /** Called for each figure as soon as it is done. */
  done?(outcome: Outcome): void;
}

export interface Outcome {
  figure: Figure;
  /** The files' names; none where it was left out. */
  files: string[];
  captions?: Captions;
  /** Why it was left out. */
  missing?: string;
  /** What is to be known of it, though it was drawn. */
  note?: string;
  /** Whether it was as an earlier call had left it. */
  unchanged?: boolean;
}

/** The figures of these names, in their own order; all of them where no name is given. */
export function chooseFigures(
  all: readonly Figure[],
  names: readonly string[],
  run?: string,
): readonly Figure[] {
  const known = all.map((one) => one.name);
  for (const name of names) if (!known.includes(name)) throw unknownName('figure', name, known);
  if (names.length > 0) return all.filter((one) => names.includes(one.name));
  return run ? all.filter((one) => one.ofRun) : all;
}

/** Draws the figures into `out`, those alone that would not be the same as they are, and says what became of each. */
export async function renderFigures(job: Job): Promise<Outcome[]> {
  const cache = await readCache(job.out);
  const outcomes = new Map<Figure, Outcome>();
  const note = (figure: Figure, entry: Entry, unchanged: boolean) => {
    const outcome = { figure, files: Object.keys(entry.files), ...pick(entry), unchanged };
    outcomes.set(figure, outcome);
    job.done?.(outcome);
  };
  const stale: Figure[] = [];
  for (const figure of job.chosen) {
    const before = cache[fileName(figure, job)];
    const fresh =
      before?.key === keyOf(figure.file ?? figure.name, inputsOf(job)) && (await intact(job.out, before));
    if (fresh) note(figure, before, true);
    else stale.push(figure);
  }
  if (stale.length > 0) {
    for await (const { figure, drawn } of drawFigures(job.open, stale, job)) {
      const entry = await write(job, figure, drawn);
      cache[fileName(figure, job)] = entry;
      note(figure, entry, false);
    }
    await writeCache(job.out, cache);
  }
  const inOrder = job.chosen.map((figure) => outcomes.get(figure)!);
  refuseNothing(inOrder);
  for (const [name, content] of Object.entries(await pagesOf(job, inOrder))) {
    const path = join(job.out, name);
    const there = await readFile(path, 'utf8').catch(() => undefined);
    if (there !== content) await writeFileWhole(path, content);
  }
  return inOrder;
}

/** Draws the figures anew and returns, for each file that is not the same in `out`, a line that says how it differs. */
export async function checkFigures(job: Job): Promise<string[]> {
  const expected = new Map<string, string | Uint8Array>();
  const outcomes: Outcome[] = [];
  const differences: string[] = [];
  for await (const { figure, drawn } of drawFigures(job.open, job.chosen, job)) {
    const outcome = { figure, files: Object.keys(drawn.files ?? {}), ...pick(drawn) };
    outcomes.push(outcome);
    job.done?.(outcome);
    for (const [name, content] of Object.entries(drawn.files ?? {})) expected.set(name, content);
    if (drawn.missing !== undefined && (await exists(join(job.out, `${figure.name}.svg`))))
      differences.push(
        `${join(job.out, `${figure.name}.svg`)}: is there, but the dataset does not give it (${drawn.missing})`,
      );
  }
  refuseNothing(outcomes);
  for (const [name, content] of Object.entries(await pagesOf(job, outcomes))) expected.set(name, content);
  for (const [name, content] of expected) {
    const path = join(job.out, name);
    const there = await readFile(path).catch(() => undefined);
    const byte = there && firstDifference(there, Buffer.from(content));
    if (!there) differences.push(`${path}: is missing`);
    else if (byte !== undefined) differences.push(`${path}: differs from byte ${byte} on`);
  }
  return differences;
}

async function write(job: Job, figure: Figure, drawn: Drawn): Promise<Entry> {
  const files = Object.entries(drawn.files ?? {});
  await Promise.all(files.map(([name, content]) => writeFileWhole(join(job.out, name), content)));
  const hashes = files.map(([name, content]) => [name, sha256(content)]);
  return {
    key: keyOf(figure.file ?? figure.name, inputsOf(job)),
    files: Object.fromEntries(hashes),
    ...pick(drawn),
  };
}

function inputsOf({ fingerprint, width, theme, run, fonts, palette }: Job): unknown {
  const files = fonts && [fonts.regular, fonts.semibold].map((file) => sha256(readFileSync(file)));
  return [fingerprint, width ?? 'column', theme ?? 'light', run ?? null, files ?? null, palette ?? null];
}

function pick({ captions, missing, note }: Pick<Entry, 'captions' | 'missing' | 'note'> | Drawn) {
  return {
    ...(captions === undefined ? {} : { captions }),
    ...(missing === undefined ? {} : { missing }),
    ...(note === undefined ? {} : { note }),
  };
}

function refuseNothing(outcomes: readonly Outcome[]): void {
  if (outcomes.some((one) => one.missing === undefined)) return;
  const reasons = outcomes.map((one) => `  ${one.figure.name}: ${one.missing}`);
  throw new UserError(`no figure could be rendered from this dataset:\n${reasons.join('\n')}`);
}

function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  if (at >= 0) return at;
  return a.length === b.length ? undefined : a.length;
}

async function exists(path: string): Promise<boolean> {
  return (await readFile(path).catch(() => undefined)) !== undefined;
}
