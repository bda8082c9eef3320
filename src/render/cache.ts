import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';
import type { Captions } from '../figures/parts/figure.js';

/** What is remembered of a figure between calls. */
export interface Entry {
  /** Of everything that the figure is made from. */
  key: string;
  /** sha256 of each file that was written, by name. */
  files: Record<string, string>;
  captions?: Captions;
  missing?: string;
  note?: string;
}

const FILE = join('.cache', 'figures.json');

/** What an earlier call left in `out`; nothing where there is none that can be read. */
export async function readCache(out: string): Promise<Record<string, Entry>> {
  const text = await readFile(join(out, FILE), 'utf8').catch(() => '{}');
  try {
    const entries: [string, Entry][] = Object.entries(JSON.parse(text));
    // of another version's entries none has a key that is asked for, so their shape does not matter
    return Object.fromEntries(entries.filter(([, one]) => typeof one?.key === 'string' && one.files));
  } catch {
    return {};
  }
}

export async function writeCache(out: string, cache: Record<string, Entry>): Promise<void> {
  await writeFileWhole(join(out, FILE), `${JSON.stringify(cache, null, 1)}\n`);
}

/** Whether every file of an entry is still in `out` as it was written. */
export async function intact(out: string, entry: Entry): Promise<boolean> {
  const same = Object.entries(entry.files).map(async ([name, hash]) => {
    const content = await readFile(join(out, name)).catch(() => undefined);
    return content !== undefined && sha256(content) === hash;
  });
  return (await Promise.all(same)).every(Boolean);
}

/** Hash of what a figure is made from: its file in `src/figures/` and all that it imports, the renderer, the packages, `inputs`. */
export function keyOf(file: string, inputs: unknown, built = packagePath('dist/src')): string {
  const modules = reachable([
    join(built, 'figures', `${file}.js`),
    join(built, 'render/draw.js'),
    join(built, 'render/print-worker.js'),
  ]);
  const parts = modules.map((file) => `${relative(built, file)} ${hashOf(file)}`);
  const packages = hashOf(packagePath('package-lock.json'));
  return sha256(
    JSON.stringify([
      parts,
      packages,
      hashOf(packagePath('data/published-2022.csv')),
      process.version,
      inputs,
    ]),
  );
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

const hashes = new Map<string, string>();

function hashOf(file: string): string {
  const known = hashes.get(file) ?? (existsSync(file) ? sha256(readFileSync(file)) : 'missing');
  hashes.set(file, known);
  return known;
}

/**
 * These modules and every module of the package that they import, directly or not, in a fixed order; but for bundles of packages,
 * whose versions are in the hash.
 */
function reachable(starts: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file) || file.includes(BUNDLES)) return;
    found.add(file);
    if (existsSync(file)) for (const next of importsOf(file)) visit(next);
  };
  for (const start of starts) visit(start);
  return [...found].sort();
}

const BUNDLES = join('src', 'common', 'bundled', '/');

const imports = new Map<string, string[]>();

function importsOf(file: string): string[] {
  const known = imports.get(file);
  if (known) return known;
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)];
  const found = named.map((match) => join(dirname(file), match[1]!));
  imports.set(file, found);
  return found;
}
