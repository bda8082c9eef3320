import type { Estimate } from '../core/interval.js';
import type { Queryable } from '../core/query.js';
import {
  type Configuration,
  faultWorkers,
  type Measure,
  mainConfigurations,
  ratioToBaseline,
} from './configurations.js';
import { FAULT_WORKERS_2022, published } from './published.js';

/** One of the configurations that 2022 measured. `workers` is for those without a fault; default: as with a fault. */
interface Selector {
  fault: string;
  role: 'none' | 'leader' | 'follower';
  severity?: number;
  workers?: number;
}

/** A ratio of two configurations that has to be on one side of a bound. */
interface Part {
  words: string;
  of: Selector;
  to: Selector;
  measure: Measure;
  is: 'at least' | 'at most';
  bound: number;
}

interface Claim {
  claim: string;
  parts: readonly Part[];
}

export type Verdict = 'holds' | 'holds in part' | 'does not hold' | 'cannot be told';

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
  ...{ words, of, to, measure: 'reads_per_s', is, bound },
});
const wait = (words: string, of: Selector, to: Selector, is: Part['is'], bound: number): Part => ({
  ...{ words, of, to, measure: 'read_mean_ms', is, bound },
});

/** What 2022's figures say, each with what has to be true for it to hold. Bounds are between none and what 2022 saw. */
const CLAIMS: readonly Claim[] = [
  {
    claim: 'More workers read more, until the cores are busy; beyond that, fewer.',
    parts: [
      reads('the workers of the fault runs, to one', none(), none(1), 'at least', 1),
      reads('16 workers, to those of the fault runs', none(16), none(), 'at most', 1),
    ],
  },
  {
    claim: 'Each read takes longer with more workers.',
    parts: [wait('16 workers, to one', none(16), none(1), 'at least', 1)],
  },
  {
    claim: 'A leader short of CPU costs most of the reads.',
    parts: [reads('3 burners', burners(3), none(), 'at most', 0.5)],
  },
  {
    claim: 'Each core that the leader loses costs more.',
    parts: [
      reads('1 burner', burners(1), none(), 'at most', 1),
      reads('2 burners, to 1', burners(2), burners(1), 'at most', 1),
      reads('3 burners, to 2', burners(3), burners(2), 'at most', 1),
    ],
  },
  {
    claim: 'Reads take several times as long while the leader is short of CPU.',
    parts: [wait('3 burners', burners(3), none(), 'at least', 2)],
  },
  {
    claim: 'A leader with little memory costs reads: none at 100 MB, some at 50, more at 30.',
    parts: [
      reads('100 MB', memory('leader', 100), none(), 'at least', 0.95),
      reads('50 MB', memory('leader', 50), none(), 'at most', 1),
      reads('30 MB', memory('leader', 30), none(), 'at most', 1),
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
        1,
      ),
    ],
  },
];

/** A claim of 2022 beside what a dataset says of it. */
export interface JudgedClaim {
  claim: string;
  parts: {
    words: string;
    is: Part['is'];
    bound: number;
    /** 2022's ratio. */
    published: number;
    /** Ours; null where there is no usable run. */
    ours: Estimate | null;
  }[];
  verdict: Verdict;
}

/** The claims of 2022, each with what this dataset says. */
export async function claims(data: Queryable): Promise<JudgedClaim[]> {
  const all = await mainConfigurations(data);
  const usual = await faultWorkers(data);
  return CLAIMS.map(({ claim, parts }) => {
    const judged = parts.map((part) => ({
      words: part.words,
      is: part.is,
      bound: part.bound,
      published: publishedRatio(part),
      ours: ourRatio(all, usual, part),
    }));
    return { claim, parts: judged, verdict: verdict(judged) };
  });
}

/** A part is shown where its whole interval is on its side of the bound, and denied where all of it is on the other. */
export function verdict(
  parts: readonly { ours: Estimate | null; is: 'at least' | 'at most'; bound: number }[],
): Verdict {
  const answers = parts.map(({ ours, is, bound }) => {
    if (!ours || ours.low === null || ours.high === null) return undefined;
    const [sure, never] =
      is === 'at most' ? [ours.high <= bound, ours.low > bound] : [ours.low >= bound, ours.high < bound];
    return sure ? true : never ? false : undefined;
  });
  if (answers.every((answer) => answer === true)) return 'holds';
  if (answers.some((answer) => answer === true)) return 'holds in part';
  return answers.some((answer) => answer === false) ? 'does not hold' : 'cannot be told';
}

function ourRatio(all: readonly Configuration[], usual: number, { of, to, measure }: Part): Estimate | null {
  const find = ({ fault, role, severity, workers = usual }: Selector) =>
    all.find(
      (one) =>
        one.fault === fault &&
        one.target_role === role &&
        one.workers === workers &&
        (severity === undefined || one.severity === severity),
    );
  const [above, below] = [find(of), find(to)];
  return above && below ? ratioToBaseline(above, below, measure) : null;
}

function publishedRatio({ of, to, measure }: Part): number {
  const all = published();
  const value = ({ fault, role, severity, workers = FAULT_WORKERS_2022 }: Selector) =>
    all.find(
      (one) =>
        one.fault === fault &&
        one.target_role === role &&
        one.measure === measure &&
        one.workers === workers &&
        (severity === undefined || one.severity === severity),
    )!.value;
  return value(of) / value(to);
}
