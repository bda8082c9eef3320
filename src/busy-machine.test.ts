import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findings } from './findings/findings.js';
import { ingest } from './ingest/ingest.js';
import { openDataset } from './results/core/open.js';
import { madeUpClient } from './testing/made-up-client.js';
import { temporaryFolder, writeCapture } from './testing/made-up-runs.js';

const CRASH = { fault: 'crash', target_role: 'leader' } as const;
const OUTAGE = { fromS: 5, toS: 9 };

test('of times a machine that was busy in every run says nothing, of histories all the same', async (t) => {
  const said = async (name: string, others: readonly number[]) => {
    const folder = join(temporaryFolder(t), name);
    for (const [i, other_cpu_fraction] of others.entries())
      writeCapture(
        join(folder, 'in', `crash-leader-t${i + 1}`),
        madeUpClient({
          outage: OUTAGE,
          run: { ...CRASH, scenario: 'crash-leader', trial: i + 1, other_cpu_fraction },
        }),
      );
    await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
    const data = await openDataset(join(folder, 'data'));
    t.after(() => data.close());
    return new Map((await findings(data)).map((found) => [found.name, found]));
  };
  const quiet = await said('quiet', [0, 0.5]);
  assert.doesNotMatch(quiet.get('leader-lost')!.missing ?? '', /other programs/);
  const busy = await said('busy', [0.5, 0.5]);
  assert.match(busy.get('leader-lost')!.missing ?? '', /other programs used the CPU during every run/);
  assert.ok(busy.get('consistency')!.said);
});
