import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt } from './fixtures/attempts-dataset.js';
import { judgeRun } from './judge.js';

const read = { op: 'read', argument: null } as const;
const WRITE = attempt({ operation: 0, sent_ns: 0, done_ns: 10 });
const FRESH = attempt({ ...read, operation: 1, client: 1, result: '5', sent_ns: 20, done_ns: 30 });
const STALE = attempt({
  ...read,
  operation: 2,
  client: 2,
  node: 'raft2',
  result: 'null',
  sent_ns: 40,
  done_ns: 50,
});

test('a run without fault is valid, and holds strict serializability', () => {
  assert.deepEqual(judgeRun([WRITE, FRESH]), {
    model: 'strict serializability',
    expected: 'strict serializability',
    verdict: 'valid',
    reason: null,
    witness: [],
  });
});

test('an invalid run says why, which model is left, and shows it by few operations with their nodes', () => {
  const noise = Array.from({ length: 50 }, (_, i) =>
    attempt({
      operation: 100 + i,
      key: 8,
      argument: String(i),
      sent_ns: 1000 + 20 * i,
      done_ns: 1010 + 20 * i,
    }),
  );
  const { model, verdict, reason, witness } = judgeRun([...noise, STALE, FRESH, WRITE]);
  assert.equal(verdict, 'invalid');
  assert.equal(model, 'serializability');
  assert.match(reason!, /of 7: null was met after 5/);
  assert.ok(witness.length <= 3);
  assert.deepEqual(witness.at(-1), {
    operation: '2',
    client: 2,
    op: 'read',
    key: 7,
    argument: null,
    result: 'null',
    sent_ns: 40,
    done_ns: 50,
    outcome: 'ok',
    node: 'raft2',
  });
});

test('what the expected model allows is valid, and is still told', () => {
  const rows = [WRITE, FRESH, STALE];
  const verdict = judgeRun(rows, { expected: 'serializability' });
  assert.equal(verdict.verdict, 'valid');
  assert.equal(verdict.model, 'serializability');
  assert.ok(verdict.witness.length > 0);
  const unwritten = [...rows, attempt({ ...read, operation: 3, result: '77', sent_ns: 60, done_ns: 70 })];
  assert.equal(judgeRun(unwritten, { expected: 'serializability' }).verdict, 'invalid');
});

test('a run in which nothing can have happened is unknown, and holds what was expected by nobody’s word', () => {
  const rows = [attempt({ outcome: 'fail' }), attempt({ operation: 2, attempt: 0, outcome: 'dropped' })];
  const verdict = judgeRun(rows);
  assert.equal(verdict.verdict, 'unknown');
  assert.match(verdict.reason!, /no operation/);
});

test('what cannot be searched within its bounds is unknown, with the reason', () => {
  const rows = [1, 2, 3].map((operation) => attempt({ operation, sent_ns: 0, done_ns: 100 }));
  const verdict = judgeRun(rows, { steps: 0 });
  assert.equal(verdict.verdict, 'unknown');
  assert.match(verdict.reason!, /register 7: its search was given up/);
});

test('a witness of attempts names the attempt, and one without an answer is open', () => {
  const rows = [
    attempt({ operation: 0, outcome: 'unknown', sent_ns: 0, done_ns: 10 }),
    attempt({ operation: 0, attempt: 2, outcome: 'unknown', sent_ns: 20, done_ns: 30, node: 'raft3' }),
    attempt({ ...read, operation: 1, result: '5', sent_ns: 40, done_ns: 50 }),
    attempt({ operation: 2, argument: '6', sent_ns: 60, done_ns: 70 }),
    attempt({ ...read, operation: 3, result: '5', sent_ns: 80, done_ns: 90 }),
    attempt({ operation: 4, argument: '8', sent_ns: 100, done_ns: 110 }),
    attempt({ ...read, operation: 5, result: '5', sent_ns: 120, done_ns: 130 }),
  ];
  const { verdict, witness } = judgeRun(rows);
  assert.equal(verdict, 'invalid');
  const retry = witness.find(({ operation }) => operation === '0.2');
  assert.deepEqual([retry?.done_ns, retry?.node, retry?.outcome], [null, 'raft3', 'unknown']);
});
