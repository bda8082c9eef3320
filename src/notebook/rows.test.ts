import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataFrame } from 'danfojs-node';
import { frame, typed } from './frame.js';
import { rowsOf } from './rows.js';

interface Run {
  scenario: string;
  workers: number;
  severity: number;
}

const runs = () =>
  typed<Run>(
    new DataFrame([
      { scenario: 'pause', workers: 3, severity: Number.NaN },
      { scenario: 'crash', workers: 7, severity: 2 },
      { scenario: 'pause', workers: 5, severity: 1 },
    ]),
  );

test('whatever danfojs makes of a frame is a table; what is missing in it is null', () => {
  const all = runs();
  assert.deepEqual(rowsOf(all.head(1)), [{ scenario: 'pause', workers: 3, severity: null }]);
  assert.deepEqual(rowsOf(all.danfo.groupby(['scenario']).col(['workers']).mean()), [
    { scenario: 'pause', workers_mean: 4 },
    { scenario: 'crash', workers_mean: 7 },
  ]);
  assert.deepEqual(rowsOf(all.column('workers')), [{ workers: 3 }, { workers: 7 }, { workers: 5 }]);
});

test('labels that are words are a column of their own', () => {
  const described = rowsOf(runs().describe());
  assert.deepEqual(Object.keys(described[0]!), ['index', 'workers', 'severity']);
  assert.deepEqual([described[0]!['index'], described[0]!['workers']], ['count', 3]);
  const counts = rowsOf(runs().column('scenario').valueCounts());
  assert.deepEqual(counts, [
    { index: 'pause', value: 2 },
    { index: 'crash', value: 1 },
  ]);
});

test('a frame is sorted by a column in which values are missing: those come last', () => {
  const sorted = (ascending: boolean) =>
    rowsOf(runs().sortValues('severity', { ascending })).map(({ severity }) => severity);
  assert.deepEqual(sorted(true), [1, 2, null]);
  assert.deepEqual(sorted(false), [2, 1, null]);
  const frame = runs().danfo;
  frame.sortValues('workers', { inplace: true });
  assert.deepEqual(frame.column('workers').values, [3, 5, 7]);
});

test('what is no table is said, with what to do', () => {
  assert.throws(() => rowsOf(42), /no table: 42 came\nExpected: the rows of data\.sql/);
  assert.throws(() => rowsOf([1, 2]), /a list of values that are no rows/);
  assert.throws(() => rowsOf(runs().groupby(['scenario'])), /groups came.*mean\(\)/);
});

test('rows become a frame in which nothing that is missing counts as 0, and nanoseconds are whole', () => {
  const made = frame([
    { node: 'raft1', ms: 2, start_ns: 1795405723709941304n },
    { node: 'raft1', ms: null, start_ns: 1n },
  ]);
  assert.equal(made.column('ms').mean(), 2);
  assert.deepEqual(rowsOf(made)[1], { node: 'raft1', ms: null, start_ns: '1' });
  assert.equal(made.values[0]![2], '1795405723709941304');
  assert.deepEqual(rowsOf(frame([])), []);
});
