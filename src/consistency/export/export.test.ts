import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../fixtures/simulate.js';
import type { Operation } from '../history.js';
import { ednHistory, jsonHistory } from './elle.js';
import { type Event, listEvents, registerEvents } from './events.js';
import { porcupineHistory } from './porcupine.js';

const operation = (fields: Partial<Operation>): Operation =>
  ({ id: 0, client: 0, key: 'a', argument: null, result: null, outcome: 'ok', ...fields }) as Operation;

const LISTS = [
  operation({ kind: 'append', argument: 1, invoked_ns: 0, completed_ns: 10 }),
  operation({
    kind: 'txn',
    key: null,
    argument: [
      ['r', 'a', null],
      ['append', 'b', 2],
    ],
    result: [
      ['r', 'a', [1]],
      ['append', 'b', 2],
    ],
    invoked_ns: 5,
    completed_ns: 20,
  }),
  operation({ kind: 'append', argument: 3, invoked_ns: 30, completed_ns: 40, outcome: 'fail' }),
  operation({ kind: 'append', argument: 4, invoked_ns: 50, completed_ns: null, outcome: 'unknown' }),
  operation({ kind: 'append', argument: 5, invoked_ns: 55, completed_ns: null, outcome: 'dropped' }),
  operation({ kind: 'read-list', result: [1], invoked_ns: 60, completed_ns: 70 }),
];

test('lists are exported as transactions in EDN, a map a line', () => {
  assert.equal(
    ednHistory(listEvents(LISTS)),
    `{:index 0, :type :invoke, :f :txn, :value [[:append "a" 1]], :process 0, :time 0}
{:index 1, :type :invoke, :f :txn, :value [[:r "a" nil] [:append "b" 2]], :process 1, :time 5}
{:index 2, :type :ok, :f :txn, :value [[:append "a" 1]], :process 0, :time 10}
{:index 3, :type :ok, :f :txn, :value [[:r "a" [1]] [:append "b" 2]], :process 1, :time 20}
{:index 4, :type :invoke, :f :txn, :value [[:append "a" 3]], :process 0, :time 30}
{:index 5, :type :fail, :f :txn, :value [[:append "a" 3]], :process 0, :time 40}
{:index 6, :type :invoke, :f :txn, :value [[:append "a" 4]], :process 0, :time 50}
{:index 7, :type :invoke, :f :txn, :value [[:r "a" nil]], :process 1, :time 60}
{:index 8, :type :ok, :f :txn, :value [[:r "a" [1]]], :process 1, :time 70}
`,
  );
});

test('the same events are exported as JSON', () => {
  const events = listEvents(LISTS);
  assert.deepEqual(JSON.parse(jsonHistory(events)), events);
});

test('registers are exported a key, and a refused compare-and-set as one that failed', () => {
  const histories = registerEvents([
    operation({ kind: 'write', argument: 1, invoked_ns: 0, completed_ns: 10 }),
    operation({ kind: 'read', key: 'b', result: null, invoked_ns: 0, completed_ns: 10 }),
    operation({
      kind: 'cas',
      argument: { expect: 2, swap: 3 },
      result: false,
      invoked_ns: 10,
      completed_ns: 20,
    }),
  ]);
  assert.deepEqual([...histories.keys()], ['a', 'b']);
  assert.equal(
    ednHistory(histories.get('a')!),
    `{:index 0, :type :invoke, :f :write, :value 1, :process 0, :time 0}
{:index 1, :type :invoke, :f :cas, :value [2 3], :process 1, :time 10}
{:index 2, :type :ok, :f :write, :value 1, :process 0, :time 10}
{:index 3, :type :fail, :f :cas, :value [2 3], :process 1, :time 20}
`,
  );
});

test('a process does one thing at a time, and nothing after one whose end nobody knows', () => {
  const history = simulate({
    seed: 3,
    operations: 500,
    clients: 3,
    keys: 1,
    kinds: ['append', 'read-list', 'txn'],
    fail: 0.1,
    unknown: 0.1,
    overlapping: 0.5,
    way: 20,
  });
  const busy = new Map<number, Event>();
  for (const event of listEvents(history)) {
    if (event.type === 'invoke') {
      assert.ok(!busy.has(event.process), `process ${event.process} is busy at ${event.time}`);
      busy.set(event.process, event);
    } else if (event.type !== 'info') busy.delete(event.process);
  }
  const open = history.filter(({ outcome }) => outcome === 'unknown').length;
  assert.equal(busy.size, open);
});

test('registers are exported for Porcupine with its fields, what has no answer open for ever', () => {
  const text = porcupineHistory([
    operation({
      client: 4,
      kind: 'write',
      argument: 1,
      invoked_ns: 0,
      completed_ns: null,
      outcome: 'unknown',
    }),
    operation({ client: 5, kind: 'read', result: 1, invoked_ns: 20, completed_ns: 30 }),
    operation({ client: 6, kind: 'read', result: 1, invoked_ns: 40, completed_ns: 50, outcome: 'fail' }),
  ]);
  assert.deepEqual(JSON.parse(text), [
    {
      ClientId: 4,
      Input: { Op: 'write', Key: '"a"', Value: '1' },
      Call: 0,
      Output: { Unknown: true },
      Return: Number.MAX_SAFE_INTEGER,
    },
    {
      ClientId: 5,
      Input: { Op: 'read', Key: '"a"', Value: null },
      Call: 20,
      Output: { Unknown: false, Value: '1' },
      Return: 30,
    },
  ]);
});
