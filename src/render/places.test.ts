import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';

const PLACES = [
  { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
  // half an hour off the others, with daylight saving; a comma in decimals; letters that sort otherwise
  { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
  { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
];

test('every file of every figure has the same bytes in every time zone and language', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'places-'));
  try {
    const data = join(folder, 'data');
    await writeSyntheticDataset(data, { operations: 40_000 });
    const hashes: Record<string, string>[] = [];
    for (const env of PLACES) {
      const out = join(folder, env.TZ.replace('/', '-'));
      const main = packagePath('dist/src/cli/main.js');
      await execa(process.execPath, [main, 'figures', '--data', data, '--out', out], { env });
      const names = (await readdir(out)).filter((name) => name !== '.cache').sort();
      assert.ok(names.filter((name) => /\.(svg|pdf|png|vl\.json)$/.test(name)).length >= 4 * 17);
      const found = names.map(async (name) => {
        const content = await readFile(join(out, name));
        return [name, createHash('sha256').update(content).digest('hex')] as const;
      });
      hashes.push(Object.fromEntries(await Promise.all(found)));
    }
    for (const other of hashes.slice(1)) assert.deepEqual(other, hashes[0]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
