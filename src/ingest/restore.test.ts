import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDataset } from '../results/core/open.js';
import { contents, TWO_WORKERS, temporaryFolder, writeResults } from '../testing/made-up-runs.js';
import { ingest } from './ingest.js';
import { restore } from './restore.js';

test('the files of a folder can be made again byte for byte', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'in/odd name, "quoted"'), TWO_WORKERS);
  await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
  const dataset = await openDataset(join(folder, 'data'));
  assert.deepEqual(await restore(dataset, join(folder, 'again')), { written: 4, left: [] });
  dataset.close();
  const withoutRoot = (root: string) => Object.values(contents(join(folder, root)));
  assert.deepEqual(withoutRoot('again'), withoutRoot('in'));
});
