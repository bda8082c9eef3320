import { slopeOver } from '../core/block-model.js';
import type { Ratio, RatioTest } from '../core/interval.js';
import type { Queryable } from '../core/query.js';
import { type Evidence, evidenceByRun } from '../runs/evidence.js';
import {
  type Configuration,
  faultWorkers,
  type Measure,
  mainConfigurations,
  modelOf,
  nameOf,
} from './configurations.js';
import { FAULT_WORKERS_2022, published } from './published.js';

/** One of the configurations that 2022 measured. `workers` is for those without a fault; default: as with a fault. */
interface Selector {
  fault: string;
  role: 'none' | 'leader' | 'follower';
  severity?: number;
  workers?: number;
}

/** A ratio that has to be on one side of a bound: of two configurations, or from each of several to the next, on the whole. */
interface Part {
  words: string;
  asked: { of: Selector; to: Selector } | { steps: readonly Selector[] };
  measure: Measure;
  is: 'at least' | 'at most';
  bound: number;
}

interface Claim {
  claim: string;
  parts: readonly Part[];
}

/** `not tested`: of a part there is no run with its fault confirmed, or none made as in 2022. */
export type Verdict = 'holds' | 'does not hold' | 'undecided' | 'not tested';

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

/** What 2022's figures say, each with what has to be true for it to hold. Bounds are ours: 2022 gave none. */
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
      {
        words: 'each burner more, from 0 to 3',
        asked: { steps: [none(), burners(1), burners(2), burners(3)] },
        measure: 'reads_per_s',
        is: 'at most',
        bound: 1,
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

/** A part of a claim beside what a dataset says of it. */
export interface JudgedPart {
  words: string;
  is: Part['is'];
  bound: number;
  /** 2022's ratio. */
  published: number;
  /** Ours; null where it was not tested. */
  ours: Ratio | null;
  /** Null where it was not tested, or there are too few trials for a test. */
  test: RatioTest | null;
  /** Why it was not tested. */
  untested: string | null;
}

/** A claim of 2022 beside what a dataset says of it. */
export interface JudgedClaim {
  claim: string;
  parts: JudgedPart[];
  verdict: Verdict;
}

/** The claims of 2022, each with what this dataset says. */
export async function claims(data: Queryable): Promise<JudgedClaim[]> {
  const all = await mainConfigurations(data);
  const usual = await faultWorkers(data);
  const evidence = await evidenceByRun(data);
  const judged = CLAIMS.map(({ claim, parts }) => ({
    claim,
    parts: parts.map((part) => judge(part, all, usual, evidence)),
  }));
  const words = verdicts(judged.map(({ parts }) => parts));
  return judged.map((one, i) => ({ ...one, verdict: words[i]! }));
}

const LEVEL = 0.05;

/**
 * A claim holds where each of its parts is shown, and does not where one is denied. The chance that any verdict of
 * them all is wrong is kept at 5 %: within a claim by Bonferroni, over the claims by Holm (1979).
 */
export function verdicts(claims: readonly Pick<JudgedPart, 'test' | 'is' | 'untested'>[][]): Verdict[] {
  const answers = claims.map((parts): { p: number; verdict: Verdict; otherwise: Verdict } => {
    const tests = parts.map(({ test, is }) => ({
      shown: (is === 'at most' ? test?.atMost : test?.atLeast) ?? 1,
      denied: (is === 'at most' ? test?.atLeast : test?.atMost) ?? 1,
    }));
    const untested = parts.some((part) => part.untested !== null);
    const shown = Math.max(...tests.map((one) => one.shown));
    const denied = Math.min(...tests.map((one) => one.denied)) * parts.length;
    return {
      p: Math.min(shown, denied),
      verdict: shown < denied ? 'holds' : 'does not hold',
      otherwise: untested ? 'not tested' : 'undecided',
    };
  });
  const inOrder = answers.filter(({ p }) => p < 1).sort((a, b) => a.p - b.p);
  const failing = inOrder.findIndex(({ p }, rank) => p > LEVEL / (inOrder.length - rank));
  const decided = new Set(failing === -1 ? inOrder : inOrder.slice(0, failing));
  return answers.map((answer) => (decided.has(answer) ? answer.verdict : answer.otherwise));
}

function judge(
  part: Part,
  all: readonly Configuration[],
  usual: number,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
): JudgedPart {
  const find = ({ fault, role, severity, workers = usual }: Selector) =>
    all.find(
      (one) =>
        one.fault === fault &&
        one.target_role === role &&
        one.workers === workers &&
        (severity === undefined || one.severity === severity),
    );
  const found = selectorsOf(part).map(find);
  const { words, is, bound } = part;
  const known = { words, is, bound, published: publishedRatio(part) };
  const untested = found.includes(undefined)
    ? 'no run with its fault confirmed'
    : found.some((one) => one!.trials.some(({ run_id }) => burnersTogether(evidence.get(run_id) ?? [])))
      ? 'its burners were one control group, in 2022 one each'
      : null;
  if (untested) return { ...known, ours: null, test: null, untested };
  const model = modelOf(all, found[0]!, part.measure);
  const names = found.map((one) => nameOf(one!));
  if ('steps' in part.asked) {
    const doses = new Map(names.map((name, dose) => [name, dose]));
    const ours = model.trend(doses);
    if (!ours) return { ...known, ours: null, test: null, untested: 'too few blocks with all of them' };
    return { ...known, ours, test: model.testTrend(doses, bound) ?? null, untested: null };
  }
  const [above, below] = names as [string, string];
  return {
    ...known,
    ours: model.ratio(above, below),
    test: model.test(above, below, bound) ?? null,
    untested: null,
  };
}

function selectorsOf({ asked }: Part): readonly Selector[] {
  return 'steps' in asked ? asked.steps : [asked.of, asked.to];
}

/** Whether the burners were measured as one: then they shared one control group, and so one weight. */
function burnersTogether(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ metric, node }) => metric === 'burner_cpu_time' && node === 'host');
}

function publishedRatio({ asked, measure }: Part): number {
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
  if ('of' in asked) return value(asked.of) / value(asked.to);
  const slope = slopeOver(new Map(asked.steps.map((_, dose) => [String(dose), dose])));
  const logs = asked.steps.map((step, dose) => Math.log(value(step)) * slope.get(String(dose))!);
  return Math.exp(logs.reduce((sum, one) => sum + one, 0));
}
