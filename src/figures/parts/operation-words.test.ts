import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WitnessOperation } from '../../results/runs/witness.js';
import { operationWords } from './operation-words.js';

const words = (changes: Partial<WitnessOperation>) =>
  operationWords({
    ...{ operation: '1', client: 1, op: 'read', key: 3, argument: null, result: null },
    ...{ outcome: 'ok', node: 'raft1', sent_s: 0, done_s: 1, ...changes },
  });

test('an operation is told with what it wrote and what it saw', () => {
  assert.equal(words({ result: '4' }), 'read 3: 4');
  assert.equal(words({ result: 'null' }), 'read 3: nothing');
  assert.equal(words({ outcome: 'unknown' }), 'read 3');
  assert.equal(words({ op: 'write', argument: '5' }), 'write 5 to 3');
  assert.equal(
    words({ op: 'cas', argument: '[null,5]', result: 'false' }),
    'set 3 from nothing to 5: refused',
  );
  assert.equal(words({ op: 'append', argument: '5' }), 'append 5 to 3');
});

test('lists are told by their end, and of a transaction as much as there is room for', () => {
  assert.equal(words({ op: 'read-list', result: '[]' }), 'read 3: nothing');
  assert.equal(words({ op: 'read-list', result: '[1,2,3,4,5]' }), 'read 3: … 2 3 4 5');
  const steps = '[["append",3,7],["r",4,[1]]]';
  assert.equal(words({ op: 'txn', key: null, result: steps }), 'append 7 to 3; read 4: 1');
  assert.equal(words({ op: 'txn', key: null, argument: '[["r",4,null]]' }), 'read 4');
});
