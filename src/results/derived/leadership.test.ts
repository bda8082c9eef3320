import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ingest } from '../../ingest/ingest.js';
import { madeUpClient } from '../../testing/made-up-client.js';
import { START_NS, temporaryFolder, writeCapture } from '../../testing/made-up-runs.js';
import { openDataset } from '../core/open.js';
import { leadership } from './leadership.js';

/** What happened at which second of a workload of 20 s, with a fault from 5 to 15 s. */
const WORKLOAD = [
  [0, 'workload_started', 'client'],
  [5, 'fault_injected', 'raft1'],
  [15, 'fault_lifted', 'raft1'],
  [20, 'workload_ended', 'client'],
] as const;
const led = (at: number, node: string) => [at, 'leader_changed', node] as const;

test('who led is told of the time of the fault alone', async (context) => {
  const folder = temporaryFolder(context);
  const cases = {
    stayed: [led(-1, 'raft1')],
    another: [led(-1, 'raft1'), led(6, ''), led(9.5, 'raft2'), led(16, ''), led(17, 'raft1')],
    nobody: [led(-1, 'raft1'), led(8, ''), led(16, 'raft2')],
    again: [led(-1, 'raft1'), led(3, ''), led(7, 'raft1'), led(10, ''), led(11, 'raft1')],
  };
  for (const [name, leaders] of Object.entries(cases)) {
    const capture = madeUpClient({
      outage: { fromS: 5, toS: 6 },
      run: { scenario: name, fault: 'partition-chained', target_role: 'leader', lift_at_s: 15 },
    });
    const rows = [...WORKLOAD, ...leaders].map(
      ([at, event, node]) =>
        `${START_NS + BigInt(Math.round(at * 1e9))},${event},${node},${event === 'fault_injected' ? 'partition-chained' : ''}\n`,
    );
    const events = `time_ns,event,node,detail\n${rows.join('')}`;
    writeCapture(join(folder, 'captures', `${name}-t1`), { ...capture, events });
  }
  await ingest({ paths: [join(folder, 'captures')], out: join(folder, 'data') });
  const data = await openDataset(join(folder, 'data'));
  context.after(() => data.close());
  const found = (await leadership(data)).map(({ scenario, before, after, without_s }) => [
    scenario,
    { before, after, without_s },
  ]);
  assert.deepEqual(Object.fromEntries(found), {
    stayed: { before: 'raft1', after: 'raft1', without_s: 0 },
    another: { before: 'raft1', after: 'raft2', without_s: 3.5 },
    nobody: { before: 'raft1', after: null, without_s: 7 },
    again: { before: null, after: 'raft1', without_s: 3 },
  });
});
