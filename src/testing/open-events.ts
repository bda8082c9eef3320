import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ingest } from '../ingest/ingest.js';
import { openDataset } from '../results/core/open.js';
import { madeUpClient } from './made-up-client.js';
import { START_NS, temporaryFolder, writeCapture } from './made-up-runs.js';

/** What happened, at so many s of the workload, to which node. */
export type Happened = readonly [at: number, event: string, node: string];

/** Opens a dataset of runs of the client, each with these events beside those of its workload of 20 s. */
export async function openEvents(context: TestContext, runs: Readonly<Record<string, readonly Happened[]>>) {
  const folder = temporaryFolder(context);
  const fault = 'partition-chained';
  for (const [scenario, happened] of Object.entries(runs)) {
    const capture = madeUpClient({
      outage: { fromS: 5, toS: 6 },
      run: { scenario, fault, target_role: 'leader', lift_at_s: 15 },
    });
    const all = [[0, 'workload_started', 'client'], [20, 'workload_ended', 'client'], ...happened] as const;
    const rows = all.map(([at, event, node]) => {
      const time = START_NS + BigInt(Math.round(at * 1e9));
      return `${time},${event},${node},${event === 'fault_injected' ? fault : ''}\n`;
    });
    const events = `time_ns,event,node,detail\n${rows.join('')}`;
    writeCapture(join(folder, 'captures', `${scenario}-t1`), { ...capture, events });
  }
  await ingest({ paths: [join(folder, 'captures')], out: join(folder, 'data') });
  const data = await openDataset(join(folder, 'data'));
  context.after(() => data.close());
  return data;
}
