import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TWO_WORKERS, temporaryFolder, writeResults } from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import { ingest } from './ingest.js';

test('a folder that is itself the root is known by its own name, and the mapping still knows its path', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'baseline/2_thread'), TWO_WORKERS);
  const { runs } = await ingest({ paths: [join(folder, 'baseline/2_thread')], out: join(folder, 'data') });
  assert.deepEqual([runs[0]?.run_id, runs[0]?.scenario, runs[0]?.duration_s], ['2_thread', 'baseline', 60]);
});

test('a mapping of one’s own says what folders are', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'in/mine'), TWO_WORKERS);
  const mapping = join(folder, 'mapping.csv');
  const header = 'folder,scenario,fault,target_role,severity,severity_unit,workers,duration_s';
  writeFileSync(
    mapping,
    `${header}\nin/mine,slow-disk,disk-throttle,follower,1000,bytes_per_s,2,30\nlost,a,none,none,,,1,1\n`,
  );
  const options = { paths: [join(folder, 'in')], out: join(folder, 'data'), mapping };
  const { runs, notes } = await ingest(options);
  assert.deepEqual([runs[0]?.scenario, runs[0]?.severity, runs[0]?.duration_s], ['slow-disk', 1000, 30]);
  assert.match(notes.map(({ note }) => note).join(), /lost is mapped, but no such folder was found/);
  writeFileSync(mapping, `${header}\nmine,slow-disk,disk-throttle,follower,fast,bytes_per_s,2,30\n`);
  await rejects(ingest(options), /mapping.csv, line 2, column severity: .*received "fast"/);
  writeFileSync(mapping, 'folder,scenario\nmine,slow-disk\n');
  await rejects(ingest(options), /line 1: no column fault, target_role/);
});

test('a folder that no mapping knows goes by its own name, and that is said; so are folders of the same content', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'in/a'), TWO_WORKERS);
  writeResults(join(folder, 'in/b'), TWO_WORKERS);
  const { runs, notes } = await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
  assert.deepEqual(
    runs.map(({ scenario, workers }) => [scenario, workers]),
    [
      ['a', 2],
      ['b', 2],
    ],
  );
  const said = notes.map(({ about, note }) => `${about}: ${note}`).join('\n');
  assert.match(said, /a: no mapping knows this folder/);
  assert.match(said, /b: has the same content as a; both are kept/);
});
