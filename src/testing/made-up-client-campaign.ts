import { join } from 'node:path';
import { type MadeUpLoad, madeUpClient } from './made-up-client.js';
import { writeCapture } from './made-up-runs.js';

const pause = { fault: 'pause', target_role: 'leader' } as const;
const crash = { fault: 'crash', target_role: 'leader' } as const;
const outage = { fromS: 5, toS: 9 };

const lateFollower = {
  outage: { fromS: 5, toS: 5 },
  run: { fault: 'network-delay', target_role: 'follower', severity_unit: 'ms', lift_at_s: 11 },
} as const;

/** Questions to a client, with their known answers; see {@link madeUpClient}. */
const QUESTIONS: Record<string, { trials: number; load: MadeUpLoad; writesMs?: readonly number[] }> = {
  baseline: { trials: 3, load: { finalReads: 5 } },
  'baseline-closed': { trials: 3, load: { arrivals: 'closed' } },
  'pause-leader': { trials: 3, load: { outage, unknown: 2, run: { ...pause, lift_at_s: 11 } } },
  'pause-leader-closed': {
    trials: 3,
    load: { outage, arrivals: 'closed', run: { ...pause, lift_at_s: 11 } },
  },
  // nobody is answered before the lift
  'pause-leader-long': { trials: 2, load: { outage, run: { ...pause, lift_at_s: 9 } } },
  // whoever leads then has lost a write for a moment
  'crash-leader': { trials: 3, load: { outage: { fromS: 5, toS: 10 }, unknown: 1, stale: 1050, run: crash } },
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
  'network-delay-follower': {
    trials: 3,
    load: { ...lateFollower, run: { ...lateFollower.run, severity: 10 } },
    writesMs: [5, 5.01, 5],
  },
  'network-delay-follower-far': {
    trials: 3,
    load: { ...lateFollower, run: { ...lateFollower.run, severity: 100 } },
    writesMs: [6.1, 6.4, 6.25],
  },
  // no write is answered before the end
  'quorum-lost': {
    trials: 2,
    load: {
      outage: { fromS: 5, toS: 9 },
      unknown: 1000,
      run: { fault: 'disk-full', target_role: 'leader', lift_at_s: 9 },
    },
  },
};

/** Delays in ms, each with the seconds without an answer that it costs in 4 s and in 10 s; who is due in the last of them is served. */
const SWEEP: Record<'leader' | 'follower', Record<number, Record<4 | 10, number>>> = {
  leader: { 5: { 4: 0, 10: 0 }, 50: { 4: 2, 10: 4 }, 500: { 4: 3, 10: 9 } },
  follower: { 5: { 4: 0, 10: 0 }, 50: { 4: 0, 10: 0 }, 500: { 4: 0, 10: 2 } },
};
const SWEEP_AT_S = 4;
/** Took no effect on the leader, in 10 s. */
const SWEEP_WITHOUT_MS = 1;

let made = 0;

/** When a run of a block was made: blocks one after another, half an hour each. */
function startedIn(block: number): string {
  made = (made + 1) % 100;
  return new Date(Date.UTC(2023, 10, 14) + (block * 1800 + made * 15) * 1000).toISOString();
}

/** Writes the captures of a sweep of delays, with two trials each. */
function writeSweep(folder: string): void {
  for (const trial of [1, 2]) {
    const run = {
      ...{
        scenario: 'sweep-network-delay',
        fault: 'network-delay',
        target_role: 'leader',
        trial,
        block: trial,
      },
      ...{
        started_at: startedIn(trial),
        severity: SWEEP_WITHOUT_MS,
        severity_unit: 'ms',
        fault_confirmed: false,
      },
      lift_at_s: SWEEP_AT_S + 10,
    } as MadeUpLoad['run'];
    const load = { durationS: 16, perS: 40, outage: { fromS: SWEEP_AT_S, toS: SWEEP_AT_S } };
    writeCapture(
      join(folder, `sweep-network-delay-leader-1ms-10s-t${trial}`),
      madeUpClient({ ...load, run }),
    );
  }
  for (const [target_role, severities] of Object.entries(SWEEP)) {
    for (const [severity, costs] of Object.entries(severities)) {
      for (const [forS, lasts] of Object.entries(costs)) {
        for (const trial of [1, 2]) {
          const run = {
            ...{ scenario: 'sweep-network-delay', fault: 'network-delay', target_role, trial, block: trial },
            started_at: startedIn(trial),
            ...{ severity: Number(severity), severity_unit: 'ms', lift_at_s: SWEEP_AT_S + Number(forS) },
          } as MadeUpLoad['run'];
          const load = { durationS: 16, perS: 40, outage: { fromS: SWEEP_AT_S, toS: SWEEP_AT_S + lasts } };
          const name = `sweep-network-delay-${target_role}-${severity}ms-${forS}s-t${trial}`;
          writeCapture(join(folder, name), madeUpClient({ ...load, run }));
        }
      }
    }
  }
}

/** Shares of the capacity, in %, with what a write takes in ms at each: the knee is at 60. */
const LOADS: Record<number, number> = { 20: 5, 40: 6, 60: 7, 80: 20, 120: 1500 };
const CAPACITY_PER_S = 50;

/** Writes the captures of a scenario that offers several rates, with three trials each. */
function writeLoads(folder: string): void {
  for (const [percent, writeMs] of Object.entries(LOADS)) {
    for (const trial of [1, 2, 3]) {
      const perS = (Number(percent) * CAPACITY_PER_S) / 100;
      const settings = { arrivals: 'open', rate: `${percent}%`, policy: 'one-writer' };
      const run = {
        ...{ scenario: 'capacity', trial, block: trial, capacity_per_s: CAPACITY_PER_S },
        started_at: startedIn(trial),
        client_settings: JSON.stringify(settings),
      };
      const capture = madeUpClient({ durationS: 10, perS, writeMs, run });
      writeCapture(join(folder, `capacity-${percent}pct-t${trial}`), capture);
    }
  }
}

const takes = (writeMs: number | undefined) => (writeMs === undefined ? {} : { writeMs });

/** Writes the captures of a made-up campaign with the client into a folder. */
export function writeClientCampaign(folder: string): void {
  made = 0;
  for (const [scenario, { trials, load, writesMs = [] }] of Object.entries(QUESTIONS)) {
    for (let trial = 1; trial <= trials; trial++) {
      const run = { ...load.run, scenario, trial, block: trial, started_at: startedIn(trial) };
      writeCapture(
        join(folder, `${scenario}-t${trial}`),
        madeUpClient({ ...load, ...takes(writesMs[trial - 1]), run }),
      );
    }
  }
  writeSweep(folder);
  writeLoads(folder);
}
