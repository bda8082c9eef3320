import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { collectBehindProxies } from '../testing/faulty-campaign.js';
import { type Answers, honest, oldCopy } from '../testing/old-copy.js';
import { type CheckedRun, checkDataset } from './check-dataset.js';
import { WITNESS_OPERATIONS } from './verdict.js';

const BEHIND_MS = 300;

for (const [workload, mix] of [
  ['registers', { read: 0.5, write: 0.5 }],
  ['lists', { append: 0.4, 'read-list': 0.4, txn: 0.2 }],
] as const) {
  const scenario = {
    title: 'A node that answers from its own copy',
    question: 'Is it found?',
    workload,
    workers: 4,
    client: { rate: 120, keys: 4, mix },
  };

  test(`${workload}: real nodes behind proxies that pass everything on are valid`, async (context) => {
    const { verdict, reason } = await judged(context, scenario, () => honest);
    assert.equal(verdict, 'valid', reason ?? '');
  });

  test(`${workload}: a node that answers some reads from an old copy is found by stale reads`, async (context) => {
    const old = () => oldCopy({ every: 10, behindMs: BEHIND_MS });
    const { verdict, model, reason, witness } = await judged(context, scenario, old);
    assert.equal(verdict, 'invalid');
    assert.equal(model, 'serializability');
    assert.match(reason!, /stale read/);
    assert.ok(witness.length > 1 && witness.length <= WITNESS_OPERATIONS, `${witness.length} operations`);
    assert.ok(witness.some(({ node, op }) => node === 'raft1' && op.startsWith('read')));
  });
}

async function judged(
  context: TestContext,
  scenario: Readonly<Record<string, unknown>>,
  answers: () => Answers,
): Promise<CheckedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'faulty-node-'));
  context.after(() => rm(folder, { recursive: true }));
  const data = await collectBehindProxies(folder, scenario, 6, answers);
  for await (const checked of checkDataset(data)) return checked;
  assert.fail('there is no run');
}
