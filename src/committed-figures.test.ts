import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packagePath } from './common/paths.js';
import { fingerprint } from './dataset/fingerprint.js';
import { figures } from './figures/index.js';
import { checkFigures } from './render/figures.js';
import { openDataset } from './results/core/open.js';

test('the committed figures are those of data/reference (mend with: npm run figures)', async (t) => {
  const reference = packagePath('data', 'reference');
  const data = await openDataset(reference);
  t.after(() => data.close());
  const differences = await checkFigures({
    chosen: figures,
    all: true,
    out: packagePath('figures'),
    width: 'column',
    theme: 'light',
    fingerprint: await fingerprint(reference),
    open: async () => data,
  });
  assert.deepEqual(differences, []);
});
