import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { CAPTURE } from '../../collect/capture/format.js';
import { UserError } from '../common/errors.js';
import type { Op } from '../vocabulary/outcomes.js';

/** A results file, by what its name says. */
export interface ResultsFile {
  path: string;
  name: string;
  worker: number;
  op: Op;
  /** Unix time in s at which it was written. */
  writtenAt: number;
}

/** A folder that holds one run. */
export interface Found {
  kind: 'capture' | 'results';
  folder: string;
  /** Its path below the root that was given, with forward slashes; its own name where it is the root. */
  name: string;
}

const RESULTS_NAME = /^(0|[1-9]\d{0,5})-(exec|query)-(0|[1-9]\d{0,11})$/;

/** Finds every run at or below the given paths, in the order of their names. Links are not followed. */
export function findRuns(paths: readonly string[]): { found: Found[]; ignored: string[] } {
  const found: Found[] = [];
  const ignored: string[] = [];
  for (const path of paths) {
    const root = resolve(path);
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError(`no such folder: ${path}: expected a folder with captures or results files`);
    }
    const before = found.length;
    walk(root, root, found, ignored);
    if (found.length === before) {
      throw new UserError(
        `${path}: no run in it: expected captures (folders with a ${CAPTURE.manifest}) or folders of results files (named like 0-exec-1651335699)`,
      );
    }
  }
  return { found, ignored };
}

/** The results files of a folder, by op and worker. A worker that comes twice is an error. */
export function resultsFiles(folder: string): ResultsFile[] {
  const files: ResultsFile[] = [];
  for (const name of readdirSync(folder)) {
    const match = RESULTS_NAME.exec(name);
    if (!match) continue;
    files.push({
      path: join(folder, name),
      name,
      worker: Number(match[1]),
      op: match[2] as Op,
      writtenAt: Number(match[3]),
    });
  }
  files.sort((a, b) => compare(a.op, b.op) || a.worker - b.worker || compare(a.name, b.name));
  files.forEach((file, i) => {
    const other = files[i - 1];
    if (other && other.worker === file.worker && other.op === file.op) {
      throw new UserError(
        `${folder}: worker ${file.worker} has two ${file.op} files, ${other.name} and ${file.name}: expected one; put each run into a folder of its own`,
      );
    }
  });
  return files;
}

function walk(root: string, folder: string, found: Found[], ignored: string[]): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => compare(a.name, b.name));
  const name = relative(root, folder).split(sep).join('/') || basename(root);
  const files = entries.filter((entry) => entry.isFile());
  if (files.some((entry) => entry.name === CAPTURE.manifest)) {
    found.push({ kind: 'capture', folder, name });
    return;
  }
  if (files.some((entry) => RESULTS_NAME.test(entry.name))) found.push({ kind: 'results', folder, name });
  for (const entry of entries) {
    if (entry.isDirectory()) walk(root, join(folder, entry.name), found, ignored);
    else if (!entry.isFile() || !RESULTS_NAME.test(entry.name)) ignored.push(join(folder, entry.name));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
