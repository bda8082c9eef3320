import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../../common/paths.js';
import { attempt, writeAttempts } from '../../consistency/fixtures/attempts-dataset.js';
import { temporaryFolder } from '../../testing/made-up-runs.js';

const WRITE = attempt({ operation: 0, intended_ns: 0, sent_ns: 0, done_ns: 1_000_001 });
const STALE = attempt({
  operation: 1,
  client: 1,
  node: 'raft2',
  op: 'read',
  argument: null,
  result: 'null',
  intended_ns: 1_000_002,
  sent_ns: 1_000_002,
  done_ns: 2_500_000,
});
const LISTS = [
  attempt({ op: 'append', argument: '4' }),
  attempt({ operation: 2, op: 'read-list', argument: null, result: '[4]', sent_ns: 300, done_ns: 400 }),
];

test('a line a run, the witness of an invalid one as a table, and 1 at the end', async (context) => {
  const folder = temporaryFolder(context);
  await writeAttempts(folder, { lists: LISTS, stale: [WRITE, STALE], sound: [WRITE] });
  const { exitCode, stdout } = await check('--data', folder);
  assert.equal(exitCode, 1);
  assert.equal(
    stdout,
    `lists  strict serializability  valid
sound  strict serializability  valid
stale  serializability  invalid, expected strict serializability
  lost write of 7: null was met after 5 had been confirmed, which nobody ever saw
    operation  client  node   op     key  argument  result  outcome  sent_ms  done_ms
    0               0  raft1  write    7  5         –       ok             0    1.000
    1               1  raft2  read     7  –         null    ok         1.000    2.500

1 of 3 runs is weaker than expected:
  stale: serializability, not strict serializability`,
  );
});

test('one run is checked alone, and times of Unix are told apart to the ns', async (context) => {
  const folder = temporaryFolder(context);
  const touching = { ...STALE, sent_ns: 1_000_001 };
  await writeAttempts(folder, { touching: [WRITE, touching], stale: [WRITE, STALE] });
  const { exitCode, stdout } = await check('--data', folder, '--run', 'touching');
  assert.equal(stdout, 'touching  strict serializability  valid');
  assert.equal(exitCode, 0);
  const unknown = await check('--data', folder, '--run', 'tuching');
  assert.equal(unknown.exitCode, 1);
  assert.match(unknown.stderr, /unknown run with attempts: tuching \(did you mean touching\?\)/);
});

test('a dataset of the 2022 benchmark is told that it records no keys', async () => {
  const { exitCode, stderr } = await check('--data', packagePath('data/reference'));
  assert.equal(exitCode, 1);
  assert.match(stderr, /^error: .*made with the 2022 benchmark, which records no keys/);
});

test('the histories are written for the reference tools', async (context) => {
  const folder = temporaryFolder(context);
  await writeAttempts(folder, { a: [WRITE, STALE], b: LISTS });
  const out = join(folder, 'histories');
  const elle = await check('--data', folder, '--export', 'elle', out);
  assert.deepEqual(
    elle.stdout.split('\n').map((path) => path.slice(out.length + 1)),
    ['a.register-7.edn', 'b.lists.edn', 'b.lists.json'],
  );
  assert.match(readFileSync(join(out, 'b.lists.edn'), 'utf8'), /:value \[\[:r 7 \[4\]\]\]/);
  const porcupine = await check('--data', folder, '--export', 'porcupine', out);
  assert.equal(porcupine.stdout, join(out, 'a.json'));
  const [write] = JSON.parse(readFileSync(join(out, 'a.json'), 'utf8')) as { Call: number; Return: number }[];
  assert.deepEqual([write!.Call, write!.Return], [0, 1_000_001]);
  assert.match((await check('--data', folder, '--export', 'elle')).stderr, /expected a folder to write into/);
});

function check(...args: string[]) {
  return execa(process.execPath, [packagePath('dist/src/cli/main.js'), 'check', ...args], { reject: false });
}
