import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../../common/paths.js';
import { madeUpDataset } from '../../testing/made-up-dataset.js';

const MAIN = packagePath('dist/src/cli/main.js');
const COMMANDS = {
  summary: ['--data'],
  figures: ['--only', 'errors', '--out', 'figures', '--data'],
};

for (const [command, options] of Object.entries(COMMANDS)) {
  test(`${command} warns of a dataset that was changed since it was made, and of no other`, async (context) => {
    const { folder, data } = await madeUpDataset(context);
    const run = () => execa(process.execPath, [MAIN, command, ...options, data], { cwd: folder });
    assert.doesNotMatch((await run()).stderr, /warning/);
    appendFileSync(join(data, 'events.csv'), '\n');
    assert.match(
      (await run()).stderr,
      /warning: .*\/data is not as it was made.*events\.csv has \d+ bytes, but datapackage\.json says \d+/s,
    );
  });
}
