import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderFor } from './cli/figures.js';
import { packagePath } from './common/paths.js';
import { fingerprint } from './dataset/fingerprint.js';
import { figures } from './figures/index.js';
import { SHIPPED } from './readme/shipped.js';
import { checkFigures } from './render/figures.js';
import { openDataset } from './results/core/open.js';

for (const name of SHIPPED.times) {
  test(`the committed figures are those of data/${name} (mend with: npm run figures -- --data data/${name})`, async (t) => {
    const folder = packagePath('data', name);
    const data = await openDataset(folder);
    t.after(() => data.close());
    const differences = await checkFigures({
      chosen: figures,
      all: true,
      out: packagePath(folderFor(`data/${name}`)),
      width: 'column',
      theme: 'light',
      fingerprint: await fingerprint(folder),
      open: async () => data,
    });
    assert.deepEqual(differences, []);
  });
}
