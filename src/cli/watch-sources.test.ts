import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagePath } from '../common/paths.js';
import { FOLDERS } from './watch.js';
import { watchSources } from './watch-sources.js';

test('a file that is replaced again and again, as editors do, is heard of each time', async (context) => {
  const root = await mkdtemp(join(tmpdir(), 'watch-'));
  await mkdir(join(root, 'figures/parts'), { recursive: true });
  const file = join(root, 'figures/parts/a.ts');
  await writeFile(file, '0');
  let heard: (path: string) => void = () => {};
  const end = watchSources(root, ['figures'], (path) => heard(path));
  context.after(() => {
    end();
    return rm(root, { recursive: true });
  });
  for (let round = 1; round <= 3; round++) {
    const told = new Promise<void>((done) => {
      heard = (path) => path === join('figures/parts/a.ts') && done();
    });
    await writeFile(`${file}.new`, String(round));
    await rename(`${file}.new`, file);
    await told;
  }
});

test('the folders that are watched are there', () => {
  assert.deepEqual(
    FOLDERS.filter((folder) => !existsSync(packagePath('src', folder))),
    [],
  );
});
