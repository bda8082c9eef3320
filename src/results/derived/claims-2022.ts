import type { STEADY } from './configurations.js';

/** One of the configurations that 2022 measured. `workers` is for those without a fault; default: as with a fault. */
export interface Selector {
  fault: string;
  role: 'none' | 'leader' | 'follower';
  severity?: number;
  workers?: number;
}

/** A ratio that has to be on one side of a bound: of two configurations, or from each of several to the next, on the whole. */
export interface Part {
  words: string;
  asked: { of: Selector; to: Selector } | { steps: readonly Selector[] };
  measure: keyof typeof STEADY;
  is: 'at least' | 'at most';
  bound: number;
}

export interface Claim {
  claim: string;
  parts: readonly Part[];
}

const none = (workers?: number): Selector => ({ fault: 'none', role: 'none', ...(workers && { workers }) });
const burners = (severity: number): Selector => ({ fault: 'cpu-contention', role: 'leader', severity });
const memory = (role: 'leader' | 'follower', severity: number): Selector => ({
  fault: 'memory-limit',
  role,
  severity,
});
const slowFollower: Selector = { fault: 'cpu-limit', role: 'follower', severity: 0.25 };
const crashedFollower: Selector = { fault: 'crash', role: 'follower' };

const reads = (words: string, of: Selector, to: Selector, is: Part['is'], bound: number): Part => ({
  ...{ words, asked: { of, to }, measure: 'reads_per_s', is, bound },
});
const wait = (words: string, of: Selector, to: Selector, is: Part['is'], bound: number): Part => ({
  ...{ words, asked: { of, to }, measure: 'read_mean_ms', is, bound },
});

/** A smaller change than this is none that matters: without it, no number of trials would decide about two that are equal. */
export const MARGIN = 0.05;
const LESS = 1 - MARGIN;
const MORE = 1 + MARGIN;

/** What 2022's figures say, each with what has to be true for it to hold. Bounds are ours: 2022 gave none. */
export const CLAIMS: readonly Claim[] = [
  {
    claim: 'More workers read more, until the cores are busy; beyond that, fewer.',
    parts: [
      reads('the workers of the fault runs, to one', none(), none(1), 'at least', MORE),
      reads('16 workers, to those of the fault runs', none(16), none(), 'at most', LESS),
    ],
  },
  {
    claim: 'Each read takes longer with more workers.',
    parts: [wait('16 workers, to one', none(16), none(1), 'at least', MORE)],
  },
  {
    claim: 'A leader short of CPU costs most of the reads.',
    parts: [reads('3 burners', burners(3), none(), 'at most', 0.5)],
  },
  {
    claim: 'Each core that the leader loses costs more.',
    parts: [
      {
        words: 'each burner more, from 0 to 3',
        asked: { steps: [none(), burners(1), burners(2), burners(3)] },
        measure: 'reads_per_s',
        is: 'at most',
        bound: LESS,
      },
    ],
  },
  {
    claim: 'Reads take several times as long while the leader is short of CPU.',
    parts: [wait('3 burners', burners(3), none(), 'at least', 2)],
  },
  {
    claim: 'A leader with little memory costs reads: none at 100 MB, some at 50, more at 30.',
    parts: [
      reads('100 MB', memory('leader', 100), none(), 'at least', LESS),
      reads('50 MB', memory('leader', 50), none(), 'at most', LESS),
      reads('30 MB, to 50', memory('leader', 30), memory('leader', 50), 'at most', LESS),
    ],
  },
  {
    claim: 'A follower that is short of CPU costs hardly any.',
    parts: [reads('a quarter of a CPU', slowFollower, none(), 'at least', 0.9)],
  },
  {
    claim: 'A follower with little memory costs hardly any.',
    parts: [reads('50 MB', memory('follower', 50), none(), 'at least', 0.9)],
  },
  {
    claim: 'The crash of a follower costs few.',
    parts: [reads('crash', crashedFollower, none(), 'at least', 0.85)],
  },
  {
    claim: 'CPU matters more on the leader than on a follower.',
    parts: [
      reads(
        '3 burners on the leader, to a quarter of a CPU on a follower',
        burners(3),
        slowFollower,
        'at most',
        LESS,
      ),
    ],
  },
];
