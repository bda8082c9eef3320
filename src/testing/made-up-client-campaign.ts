import { join } from 'node:path';
import { type MadeUpLoad, madeUpClient } from './made-up-client.js';
import { writeCapture } from './made-up-runs.js';

const pause = { fault: 'pause', target_role: 'leader' } as const;
const crash = { fault: 'crash', target_role: 'leader' } as const;
const outage = { fromS: 5, toS: 9 };

/** Questions to a client, with their known answers; see {@link madeUpClient}. */
const QUESTIONS: Record<string, { trials: number; load: MadeUpLoad }> = {
  baseline: { trials: 3, load: {} },
  'baseline-closed': { trials: 3, load: { arrivals: 'closed' } },
  'pause-leader': { trials: 3, load: { outage, unknown: 2, run: { ...pause, lift_at_s: 11 } } },
  'pause-leader-closed': {
    trials: 3,
    load: { outage, arrivals: 'closed', run: { ...pause, lift_at_s: 11 } },
  },
  // nobody is answered before the lift
  'pause-leader-long': { trials: 2, load: { outage, run: { ...pause, lift_at_s: 9 } } },
  'crash-leader': { trials: 3, load: { outage: { fromS: 5, toS: 10 }, unknown: 1, run: crash } },
  'disk-throttle-follower': {
    trials: 3,
    load: {
      outage: { fromS: 5, toS: 5 },
      writeMs: 12,
      run: {
        fault: 'disk-throttle',
        target_role: 'follower',
        severity: 100_000,
        severity_unit: 'bytes_per_s',
      },
    },
  },
};

/** Writes the captures of a made-up campaign with the client into a folder. */
export function writeClientCampaign(folder: string): void {
  for (const [scenario, { trials, load }] of Object.entries(QUESTIONS)) {
    for (let trial = 1; trial <= trials; trial++) {
      const run = { ...load.run, scenario, trial, block: trial };
      writeCapture(join(folder, `${scenario}-t${trial}`), madeUpClient({ ...load, run }));
    }
  }
}
