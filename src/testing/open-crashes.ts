import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ingest } from '../ingest/ingest.js';
import { openDataset } from '../results/core/open.js';
import { type MadeUpLoad, madeUpClient } from './made-up-client.js';
import { temporaryFolder, writeCapture } from './made-up-runs.js';

const VERSIONS = {
  trixie: { dqlite_version: '1.18.1-1', go_dqlite_version: '2.0.0-1+b5' },
  sid: { dqlite_version: '1.18.7-1', go_dqlite_version: '3.0.4-1+b1' },
} as const;
type Known = keyof typeof VERSIONS;
const CRASH_S = 4;

/** Opens a dataset of crashes of the leader, six for each pair of dqlite and library, which clients waited out. */
export async function openCrashes(
  context: TestContext,
  pairs: readonly (readonly [dqlite: Known, library: Known])[],
  waitS: (dqlite: Known, library: Known) => number,
) {
  const folder = temporaryFolder(context);
  for (const [dqlite, library] of pairs) {
    for (let trial = 1; trial <= 6; trial++) {
      const scenario = `crash-leader-client-${library}`;
      const outage = { fromS: CRASH_S, toS: CRASH_S + waitS(dqlite, library) + trial / 4 };
      const run: MadeUpLoad['run'] = {
        ...{ scenario, trial, block: trial, fault: 'crash', target_role: 'leader', debian_release: dqlite },
        ...VERSIONS[dqlite],
        client_settings: JSON.stringify({ arrivals: 'open', rate: '50%', release: library }),
      };
      writeCapture(
        join(folder, 'captures', `${scenario}-${dqlite}-t${trial}`),
        madeUpClient({ durationS: 20, perS: 20, outage, run }),
      );
    }
  }
  await ingest({ paths: [join(folder, 'captures')], out: join(folder, 'data') });
  const data = await openDataset(join(folder, 'data'));
  context.after(() => data.close());
  return data;
}
