import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';

const RUNNER = packagePath('dist/src/testing');

/**
 * Runs test files of the given text after a check that passed, as `npm test` does; in a process of its own, because
 * node:test does not run within a test.
 */
async function runFiles(
  t: TestContext,
  texts: Record<string, string>,
  signalAfterMs?: number,
  show: 'all' | 'failures' = 'all',
) {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const head = `import assert from 'node:assert'; import { test, describe } from 'node:test';`;
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), `${head}\n${text}`);
  const script = `
    import { batches, findTests, KINDS } from '${RUNNER}/kinds.js';
    import { prepareEnvironment, runFiles } from '${RUNNER}/run-files.js';
    import { Tally } from '${RUNNER}/tally.js';
    const tally = new Tally();
    tally.addCheck(true);
    const signal = ${signalAfterMs ? `AbortSignal.timeout(${signalAfterMs})` : 'new AbortController().signal'};
    prepareEnvironment();
    for (const batch of batches(findTests('${folder}'), KINDS.map((kind) => kind.name), [])) {
      await runFiles(batch, tally, signal, '${show}');
    }
    console.log(tally.summary());
    process.exitCode = tally.ok ? 0 : 1;`;
  writeFileSync(join(folder, 'run.js'), script);
  const { stdout, exitCode } = await execa(process.execPath, [join(folder, 'run.js')], {
    env: { NODE_TEST_CONTEXT: undefined },
    reject: false,
  });
  return { lines: stdout.trim().split('\n'), exitCode };
}

test('passed tests are counted on the last line, groups of tests are not', async (t) => {
  const { lines, exitCode } = await runFiles(t, {
    'a.test.js': `describe('group', () => { test('one', () => {}); test('two', () => {}); });`,
    'b.cluster.test.js': `test('three', () => {});`,
  });
  assert.equal(lines.at(-1), '4 passed, 0 failed, 0 skipped');
  assert.equal(exitCode, 0);
});

test('what is skipped is named with its reason', async (t) => {
  const { lines, exitCode } = await runFiles(t, {
    'a.test.js': `test('one', () => {});
      test('netem', { skip: 'not in this kernel' }, () => {});
      test('later', { todo: 'needs two hosts' }, () => assert.fail());`,
  });
  assert.deepEqual(lines.slice(-3), [
    'skipped: netem: not in this kernel',
    'skipped: later: to do: needs two hosts',
    '2 passed, 0 failed, 2 skipped',
  ]);
  assert.equal(exitCode, 0);
});

test('a failure, a file that does not load and a file without a test fail the run', async (t) => {
  const { lines, exitCode } = await runFiles(t, {
    'a.test.js': `test('good', () => {}); test('bad', () => assert.fail());`,
    'b.test.js': `throw new Error('does not load');`,
    'c.test.js': '',
  });
  assert.match(lines.at(-2)!, /^no test in .*c\.test\.js$/);
  assert.equal(lines.at(-1), '2 passed, 3 failed, 0 skipped');
  assert.equal(exitCode, 1);
});

test('of failures alone each is shown with its place and reason, and nothing of what passes', async (t) => {
  const text = `test('good', () => {}); describe('group', () => { test('bad', () => assert.equal(1, 2)); });`;
  const { lines } = await runFiles(t, { 'a.test.js': text }, undefined, 'failures');
  assert.match(lines[0]!, /^✖ bad \(.*a\.test\.js:2\)$/);
  assert.match(lines.join('\n'), /1 == 2/);
  assert.doesNotMatch(lines.join('\n'), /good|✖ group/);
  assert.equal(lines.at(-1), '2 passed, 1 failed, 0 skipped');
});

test('a run in which every test was skipped is no success', async (t) => {
  const { lines, exitCode } = await runFiles(t, {
    'a.test.js': `test('one', { skip: 'no data' }, () => {});`,
  });
  assert.deepEqual(lines.slice(-2), ['no test ran', '1 passed, 0 failed, 1 skipped']);
  assert.equal(exitCode, 1);
});

test('an abort ends the processes of the tests', async (t) => {
  const hanging = `console.log('process', process.pid); test('hangs', () => new Promise((r) => setTimeout(r, 1e8)));`;
  const { lines, exitCode } = await runFiles(t, { 'a.test.js': hanging }, 1500);
  const pid = Number(lines.find((line) => line.startsWith('process '))!.slice('process '.length));
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  assert.equal(exitCode, 1);
});

test('tests run in a time zone that shows when something depends on it', async (t) => {
  const { lines } = await runFiles(t, {
    'a.test.js': `test('zone', () => assert.equal(new Date(0).getHours() * 60 + new Date(0).getMinutes(), 330));`,
  });
  assert.equal(lines.at(-1), '2 passed, 0 failed, 0 skipped');
});
