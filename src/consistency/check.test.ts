import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHistory } from './check.js';
import { MUTANTS } from './fixtures/mutants.js';
import { disagreements, falseAlarms, wrongOnMutants } from './fixtures/trials.js';
import type { Operation } from './history.js';

/** How many of each: the long test has the whole numbers. */
const MUTATIONS = 4;

for (const mutant of MUTANTS) {
  test(`of ${mutant.kinds.join(', ')}: ${mutant.name} is found and named`, () => {
    assert.deepEqual(wrongOnMutants(mutant, MUTATIONS), []);
  });
}

test('valid histories raise no alarm', () => {
  const { alarms, givenUp } = falseAlarms(60);
  assert.deepEqual(alarms, []);
  assert.ok(givenUp <= 6, `${givenUp} of 60 were given up`);
});

for (const [objects, count] of [
  ['registers', 1000],
  ['lists', 80],
] as const) {
  test(`verdicts on ${objects} are those of a checker that tries all orders`, () => {
    const { wrong, invalid } = disagreements(count, objects);
    assert.deepEqual(wrong, []);
    assert.ok(invalid > count / 10 && invalid < count / 2, `${invalid} of ${count} are invalid`);
  });
}

test('a value that was written, confirmed and read as never written is a lost write', () => {
  const verdict = checkHistory(
    [
      operation({ id: 1, kind: 'write', argument: 3, invoked_ns: 0, completed_ns: 10 }),
      operation({ id: 2, kind: 'read', result: 0, invoked_ns: 20, completed_ns: 30 }),
    ],
    { initial: 0 },
  );
  assert.equal(verdict.verdict, 'invalid');
  assert.ok(verdict.verdict === 'invalid');
  assert.equal(verdict.model, 'serializability');
  const [anomaly] = verdict.anomalies;
  assert.equal(anomaly!.name, 'lost write');
  assert.deepEqual(
    anomaly!.witness.map(({ id }) => id),
    [1, 2],
  );
  assert.match(anomaly!.explanation, /0 was met after 3 had been confirmed/);
});

test('operations that touch at one instant overlap', () => {
  const history = [
    operation({ id: 1, kind: 'write', argument: 3, invoked_ns: 0, completed_ns: 20 }),
    operation({ id: 2, kind: 'read', result: null, invoked_ns: 20, completed_ns: 30 }),
  ];
  assert.equal(checkHistory(history).verdict, 'valid');
  const later = [history[0]!, { ...history[1]!, invoked_ns: 21 }];
  assert.equal(checkHistory(later).verdict, 'invalid');
});

test('a write without an answer may take effect at any time, and once', () => {
  const read = (id: number, result: number | null) =>
    operation({ id, kind: 'read', result, invoked_ns: id * 100, completed_ns: id * 100 + 10 });
  const unanswered = operation({ id: 0, kind: 'write', argument: 5, outcome: 'unknown', completed_ns: null });
  const judge = (...results: (number | null)[]) =>
    checkHistory([unanswered, ...results.map((result, i) => read(i + 1, result))]).verdict;
  assert.equal(judge(null, null), 'valid');
  assert.equal(judge(null, null, 5), 'valid');
  assert.equal(judge(null, 5, null), 'invalid');
});

test('an operation that was dropped never happened', () => {
  const dropped = operation({ id: 0, kind: 'write', argument: 5, outcome: 'dropped', completed_ns: null });
  const read = operation({ id: 1, kind: 'read', result: 5, invoked_ns: 20, completed_ns: 30 });
  const verdict = checkHistory([dropped, read]);
  assert.equal(verdict.verdict === 'invalid' && verdict.anomalies[0]!.name, 'unwritten value');
});

test('what cannot be searched within its bound is unknown, with the register and the steps', () => {
  const swaps = Array.from({ length: 14 }, (_, i) =>
    operation({ id: i, kind: 'write', argument: i % 7, invoked_ns: i, completed_ns: 1000 + i }),
  );
  const reads = [3, 5, 1, 6].map((result, i) =>
    operation({ id: 100 + i, kind: 'read', result, invoked_ns: 500 + 20 * i, completed_ns: 510 + 20 * i }),
  );
  const verdict = checkHistory([...swaps, ...reads], { steps: 50 });
  assert.equal(verdict.verdict, 'unknown');
  assert.match(
    verdict.verdict === 'unknown' ? verdict.reason : '',
    /register 1: its search was given up after \d+ steps/,
  );
  assert.equal(checkHistory([...swaps, ...reads]).verdict, 'valid');
});

test('one invalid register outweighs another that is unknown', () => {
  const unclear = [1, 2, 3].map((i) =>
    operation({ id: i, kind: 'write', argument: 1, key: 2, invoked_ns: 0, completed_ns: 100 }),
  );
  const wrong = operation({ id: 9, kind: 'read', result: 7, invoked_ns: 0, completed_ns: 10 });
  const verdict = checkHistory([...unclear, wrong], { steps: 0 });
  assert.equal(verdict.verdict, 'invalid');
  assert.equal(checkHistory(unclear, { steps: 0 }).verdict, 'unknown');
});

test('an empty history is valid', () => {
  const verdict = checkHistory([]);
  assert.deepEqual(verdict, { verdict: 'valid', model: 'strict serializability', registers: 0, lists: 0 });
});

test('a stale read among thousands of operations is shown by a handful', () => {
  const history: Operation[] = [];
  for (let i = 0; i < 5000; i++) {
    const key = `list ${i % 10}`;
    const list = Array.from({ length: Math.floor(i / 20) % 100 }, (_, j) => j);
    const at = { invoked_ns: i * 10, completed_ns: i * 10 + 5 };
    const block = Math.floor(i / 2000);
    if (i % 20 < 10)
      history.push(operation({ ...at, id: i, kind: 'read-list', key: `${key}.${block}`, result: list }));
    else
      history.push(
        operation({ ...at, id: i, kind: 'append', key: `${key}.${block}`, argument: list.length }),
      );
  }
  assert.equal(checkHistory(history).verdict, 'valid');
  const stale = [...history];
  const at = stale.findIndex(({ id }) => id === 1225);
  const read = stale[at]!;
  assert.ok(read.kind === 'read-list' && read.result !== null);
  stale[at] = { ...read, result: read.result.slice(0, -1) };
  const verdict = checkHistory(stale);
  assert.ok(verdict.verdict === 'invalid');
  assert.deepEqual(
    verdict.anomalies.map(({ name }) => name),
    ['stale read'],
  );
  assert.ok(verdict.anomalies[0]!.witness.length <= 3);
});

function operation(fields: Partial<Operation>): Operation {
  const base = {
    client: 0,
    key: 1,
    argument: null,
    result: null,
    invoked_ns: 0,
    completed_ns: 10,
    outcome: 'ok',
  };
  return { ...base, ...fields } as Operation;
}
