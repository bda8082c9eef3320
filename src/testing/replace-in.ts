import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** Changes a text file in one place, which has to be there. */
export function replaceIn(path: string, from: string | RegExp, to: string): void {
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  assert.notEqual(after, before, `${from} is in ${path}`);
  writeFileSync(path, after);
}
