import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { madeUpOnce, sharingWhatIsMadeUp } from './made-up-once.js';

test('who shares finds what was made up before, also after others have done with it', async () => {
  let made = 0;
  const make = async (folder: string) => {
    made += 1;
    await writeFile(join(folder, 'number.txt'), '7');
  };
  let place = '';
  await sharingWhatIsMadeUp(async () => {
    // two at once, as test files run
    const both = await Promise.all([madeUpOnce('numbers', make), madeUpOnce('numbers', make)]);
    assert.equal(both[0].folder, both[1].folder);
    for (const one of both) await one.remove();
    const before = made;
    const { folder } = await madeUpOnce('numbers', make);
    assert.equal(made, before);
    assert.equal(readFileSync(join(folder, 'number.txt'), 'utf8'), '7');
    place = folder;
  });
  assert.ok(!existsSync(place));
});

test('what could not be made up is left nowhere, and is made the next time', async () => {
  await sharingWhatIsMadeUp(async () => {
    await assert.rejects(
      madeUpOnce('numbers', async () => {
        throw new Error('no space left');
      }),
      /no space left/,
    );
    const { folder } = await madeUpOnce('numbers', (folder) => writeFile(join(folder, 'number.txt'), '7'));
    assert.ok(existsSync(join(folder, 'number.txt')));
    assert.deepEqual(readdirSync(dirname(folder)), ['numbers']);
  });
});
