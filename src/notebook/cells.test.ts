import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, beforeEach, test } from 'node:test';
import { packagePath } from '../common/paths.js';
import { createCellExecutor } from './cells.js';
import { diagnoses } from './complaint.js';
import { type Bundle, tslabJupyter } from './display.js';

const { createConverter } = createRequire(import.meta.url)('tslab/dist/converter');
const node = createConverter({ isJS: false, isBrowser: false });
const cells = createCellExecutor(packagePath('notebooks'), {
  node,
  browser: node,
  close: () => node.close(),
});
const { error } = console;

let shown: Bundle[];
let told: string[];
beforeEach(() => {
  [shown, told] = [[], []];
  tslabJupyter.lastWriteDisplayData = ({ data }) => shown.push(data);
  console.error = (text: string) => told.push(text);
});
after(() => {
  node.close();
  tslabJupyter.lastWriteDisplayData = null;
  console.error = error;
});

test('the rows, or the frame, of a last expression are a table', async () => {
  await runs('[{ a: 1 }, { a: 2 }]');
  assert.match(String(shown[0]!['text/html']), /<th[^>]*>a</);
  await runs(`new (require('danfojs-node').DataFrame)([{ b: 1 }]).describe()`);
  assert.match(String(shown[1]!['text/plain']), /^index +b\ncount +1\n/);
});

test('what is shown without await is there when the cell ends, and its error is the cell’s', async () => {
  const late = (value: string) =>
    `new Promise<{ a: number }[]>((done, fail) => setTimeout(() => ${value}, 20))`;
  await runs(
    `const { show } = require('dqlite-reliability');\nshow(${late('done([{ a: 1 }])')});\nconst n = 1;`,
  );
  assert.equal(shown.length, 1);
  await fails(`show(${late(`fail(new Error('too late'))`)})`);
  assert.match(told[0]!, /^Error: too late/);
  await runs(`try { await show(${late('fail(0)')}); } catch {}`);
});

test('the name of a figure is completed in its place, from its beginning or what it contains', async () => {
  await runs(`import { type Data } from 'dqlite-reliability';\ndeclare const data: Data;`);
  const completed = (source: string, typed: string) => {
    const { start, end, candidates } = cells.complete(source, source.indexOf(typed) + typed.length);
    return candidates.map((name) => source.slice(0, start) + name + source.slice(end));
  };
  const latency = ['latency-distribution', 'latency-heat', 'follower-latency', 'leader-latency'];
  assert.deepEqual(
    completed(`data.figure('latency')`, 'latency'),
    latency.map((name) => `data.figure('${name}')`),
  );
  assert.deepEqual(completed(`data.figure('leader-l`, 'leader-l'), [`data.figure('leader-latency`]);
  assert.ok(completed(`data.figure('')`, `('`).length > 20);
  assert.deepEqual(completed('data.fig', 'data.fig'), ['data.figure']);
});

test('an error is told in three lines at most: what was wrong, and the line that was running', async () => {
  await fails(`const one: any = undefined;\none.two();`);
  assert.equal(told.join('\n').split('\n').length, 2);
  assert.match(told[0]!, /^TypeError: Cannot read .*'two'\)\nat: one\.two\(\);$/);
});

test('of a long explanation of the compiler the first and the last line are told, of several places the first', () => {
  assert.equal(diagnoses(['1:2 - a', '1:2 - b', '1:2 - c', '1:2 - d']), '1:2 - a\n1:2 - d');
  assert.equal(
    diagnoses(['1:2 - a', '1:2 - b', '3:4 - c', '5:6 - d', '7:8 - e']),
    '1:2 - a\n3:4 - c\n5:6 - d',
  );
  assert.equal(
    diagnoses([`1:2 - … & { 'no such column': "run"; }`, '1:2 - b']),
    '1:2 - no such column: run\n1:2 - b',
  );
});

async function runs(source: string): Promise<void> {
  assert.ok(await cells.execute(source), told.join('\n'));
}

async function fails(source: string): Promise<void> {
  assert.equal(await cells.execute(source), false);
}
