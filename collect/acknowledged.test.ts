import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { countWrites, disagreement } from './acknowledged.js';

test('writes are counted as acknowledged or uncertain; refused ones are neither', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'writes-'));
  const head =
    'n 2\nn_err 3\navg [ms] 1.0\nmax [ms] 1.0\nmin [ms] 1.0\nmeasurements [timestamp in ns] [ms]\n';
  const errors = '3 database is locked\n4 EOF\n5 context deadline exceeded\n';
  await writeFile(join(folder, '0-exec-1'), `${head}1 1.0\n2 1.0\n\nerrors\n${errors}\n`);
  await writeFile(join(folder, '0-query-1'), `${head}1 1.0\n2 1.0\n\nerrors\n\n`);
  assert.deepEqual(await countWrites(folder), { acknowledged: 2, uncertain: 2 });
});

test('rows may lie between the acknowledged writes and those with the uncertain ones', () => {
  const counts = { acknowledged: 900, uncertain: 2 };
  assert.equal(disagreement(counts, 900), null);
  assert.equal(disagreement(counts, 902), null);
  assert.match(disagreement(counts, 899)!, /^LOST WRITES/);
  assert.match(disagreement(counts, 903)!, /^UNEXPLAINED ROWS/);
});
