import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../../common/paths.js';
import { madeUpDataset } from '../../testing/made-up-dataset.js';
import { warningOfChanges } from './changed.js';

const MAIN = packagePath('dist/src/cli/main.js');
const COMMANDS = {
  summary: ['--data'],
  figures: ['--only', 'errors', '--out', 'figures', '--data'],
};

for (const [command, options] of Object.entries(COMMANDS)) {
  test(`${command} warns of a dataset that was changed since it was made`, async (context) => {
    const { folder, data } = await madeUpDataset(context);
    assert.equal(await warningOfChanges(data), undefined);
    appendFileSync(join(data, 'events.csv'), '\n');
    const { stderr } = await execa(process.execPath, [MAIN, command, ...options, data], { cwd: folder });
    assert.match(
      stderr,
      /warning: .*\/data is not as it was made.*events\.csv has \d+ bytes, but datapackage\.json says \d+/s,
    );
  });
}
