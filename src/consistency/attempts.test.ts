import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyOf } from './attempts.js';
import { checkHistory } from './check.js';
import { attempt as row } from './fixtures/attempts-dataset.js';

test('an operation lasts from its first attempt that was sent to the last answer', () => {
  const [operation] = historyOf([
    row({ attempt: 2, sent_ns: 300n, done_ns: 400n }),
    row({ attempt: 1, outcome: 'fail' }),
  ]);
  assert.deepEqual(operation, {
    id: 1,
    client: 0,
    kind: 'write',
    key: 7,
    argument: 5,
    result: null,
    invoked_ns: 100,
    completed_ns: 400,
    outcome: 'ok',
  });
});

test('an operation whose last attempt failed is open for ever where one before it may have happened', () => {
  const [operation] = historyOf([
    row({ outcome: 'unknown' }),
    row({ attempt: 2, sent_ns: 300, done_ns: 400, outcome: 'fail' }),
  ]);
  assert.equal(operation!.outcome, 'unknown');
  assert.equal(operation!.completed_ns, null);
});

test('what was never sent is dropped, at the instant when it was meant to be sent', () => {
  const [operation] = historyOf([
    row({ attempt: 0, client: null, sent_ns: null, done_ns: null, outcome: 'dropped' }),
  ]);
  assert.equal(operation!.outcome, 'dropped');
  assert.equal(operation!.invoked_ns, 90);
});

test('arguments and results of every op are read', () => {
  const history = historyOf([
    row({ operation: 1, op: 'read', argument: null, result: '"a"' }),
    row({ operation: 2, op: 'read', argument: null, result: 'null' }),
    row({ operation: 3, op: 'cas', argument: '[null, 4]', result: 'true' }),
    row({ operation: 4, op: 'append', argument: '9' }),
    row({ operation: 5, op: 'read-list', argument: null, result: '[9, 8]' }),
    row({ operation: 6, op: 'txn', key: null, argument: '[["r", "x", null]]', result: '[["r", "x", [1]]]' }),
  ]);
  assert.deepEqual(
    history.map(({ argument, result }) => [argument, result]),
    [
      [null, 'a'],
      [null, null],
      [{ expect: null, swap: 4 }, true],
      [9, null],
      [null, [9, 8]],
      [[['r', 'x', null]], [['r', 'x', [1]]]],
    ],
  );
});

test('a compare-and-set that was refused after an attempt without an answer may have taken place', () => {
  const history = historyOf([
    row({ operation: 1, op: 'cas', argument: '[null, 1]', outcome: 'unknown' }),
    row({
      operation: 1,
      attempt: 2,
      op: 'cas',
      argument: '[null, 1]',
      result: 'false',
      sent_ns: 300,
      done_ns: 400,
    }),
    row({ operation: 2, op: 'read', argument: null, result: '1', sent_ns: 500, done_ns: 600 }),
  ]);
  assert.equal(history[0]!.outcome, 'unknown');
  assert.equal(checkHistory(history).verdict, 'valid');
});

test('a retry that wrote twice is seen in the operations, and not held against the database in the attempts', () => {
  const rows = [
    row({ operation: 1, outcome: 'unknown', sent_ns: 0, done_ns: 10 }),
    row({ operation: 2, op: 'read', argument: null, result: '5', sent_ns: 20, done_ns: 30 }),
    row({ operation: 3, argument: '6', sent_ns: 40, done_ns: 50 }),
    row({ operation: 4, op: 'read', argument: null, result: '6', sent_ns: 60, done_ns: 70 }),
    row({ operation: 1, attempt: 2, sent_ns: 80, done_ns: 90 }),
    row({ operation: 5, op: 'read', argument: null, result: '5', sent_ns: 100, done_ns: 110 }),
  ];
  assert.equal(checkHistory(historyOf(rows)).verdict, 'invalid');
  const attempts = historyOf(rows, 'attempts');
  assert.deepEqual(attempts.map(({ id }) => id).sort(), [2, 3, 4, 5, '1.1', '1.2'].sort());
  assert.equal(checkHistory(attempts).verdict, 'valid');
});

test('an append that a retry made twice is seen in the operations, and not held against the database in the attempts', () => {
  const rows = [
    row({ operation: 1, op: 'append', outcome: 'unknown', sent_ns: 0, done_ns: 10 }),
    row({ operation: 1, op: 'append', attempt: 2, sent_ns: 80, done_ns: 90 }),
    row({ operation: 2, op: 'read-list', argument: null, result: '[5, 5]', sent_ns: 100, done_ns: 110 }),
  ];
  const verdict = checkHistory(historyOf(rows));
  assert.equal(verdict.verdict === 'invalid' && verdict.anomalies[0]!.name, 'duplicate append');
  assert.equal(checkHistory(historyOf(rows, 'attempts')).verdict, 'valid');
});

test('an argument or a result that cannot be is refused with its operation', () => {
  assert.throws(() => historyOf([row({ argument: '{' })]), /operation 1 \(write\).*expected JSON/);
  assert.throws(
    () => historyOf([row({ op: 'cas', argument: '5', result: 'true' })]),
    /operation 1 \(cas\).*JSON array/,
  );
  assert.throws(() => historyOf([row({ op: 'cas', argument: '[1, 2]', result: '1' })]), /true or false/);
  assert.throws(() => historyOf([row({ op: 'read', result: null })]), /operation 1 \(read\).*expected JSON/);
  assert.throws(() => historyOf([row({ sent_ns: 2n ** 60n })]), /whole ns on the run's clock/);
});

test('what an attempt without an answer wrote may be read, although the attempt after it failed', () => {
  for (const [op, read, result] of [
    ['write', 'read', '5'],
    ['append', 'read-list', '[5]'],
  ] as const) {
    const rows = [
      row({ op, outcome: 'unknown', sent_ns: 0, done_ns: 10 }),
      row({ op, attempt: 2, sent_ns: 20, done_ns: 30, outcome: 'fail' }),
      row({ operation: 2, op: read, argument: null, result, sent_ns: 100, done_ns: 110 }),
    ];
    for (const view of ['operations', 'attempts'] as const)
      assert.equal(checkHistory(historyOf(rows, view)).verdict, 'valid');
  }
});
