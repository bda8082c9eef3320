import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShell } from './network-shell.js';

test('commands that are given at once are run one after the other, each with its own output', async () => {
  const shell = await openShell('sh', []);
  const printed = await Promise.all([
    shell.run('sleep 0.05; echo first'),
    shell.run('echo second; echo "<end" of a line'),
    shell.run('printf third'),
  ]);
  assert.deepEqual(printed, ['first\n', 'second\n<end of a line\n', 'third']);
  await shell.close();
});

test('what is asked answers in one piece, in its turn, and leaves the shell as it was', async () => {
  const shell = await openShell('sh', []);
  const [, asked, after] = await Promise.all([
    shell.run('kept=1'),
    shell.ask('kept=2; echo "$kept"; printf "a\nb\n"'),
    shell.run('echo "$kept"'),
  ]);
  assert.deepEqual([asked, after], ['2\na\nb', '1\n']);
  await assert.rejects(shell.ask('echo no such file; exit 4'), /no such file/);
  await shell.close();
});

test('a command that fails says what it said, and the next is run all the same', async () => {
  const shell = await openShell('sh', []);
  const [failed, next] = await Promise.allSettled([
    shell.run('echo no such rule >&2; false'),
    shell.run('echo fine'),
  ]);
  assert.match(String((failed as PromiseRejectedResult).reason), /false: no such rule/);
  assert.deepEqual(next, { status: 'fulfilled', value: 'fine\n' });
  await shell.close();
});

test('a shell that ends takes the commands with it that it was given', async () => {
  const shell = await openShell('sh', []);
  const commands = await Promise.allSettled([shell.run('exit 3'), shell.run('echo never')]);
  assert.deepEqual(
    commands.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await shell.close();
});
