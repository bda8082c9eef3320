import { NO_FAULT, severityRank } from '../../vocabulary/faults.js';
import { slopeOver } from '../core/block-model.js';
import { tQuantile } from '../core/distributions.js';
import { heterogeneity } from '../core/heterogeneity.js';
import type { Ratio, RatioTest } from '../core/interval.js';
import type { Queryable } from '../core/query.js';
import { type Evidence, evidenceByRun } from '../runs/evidence.js';
import { CLAIMS, type Part, type Selector } from './claims-2022.js';
import {
  type Configuration,
  type Measure,
  mainConfigurations,
  modelOf,
  nameOf,
  STEADY,
  valuesOf,
  workersOfMost,
} from './configurations.js';
import { FAULT_WORKERS_2022, isPublishedAs, published } from './published.js';
import type { Trial } from './trials.js';

/** `not tested`: of a part not most runs have their fault confirmed, or none was made as in 2022. */
export type Verdict = 'holds' | 'does not hold' | 'undecided' | 'not tested';

/** A part of a claim beside what a dataset says of it. */
export interface JudgedPart {
  words: string;
  is: Part['is'];
  bound: number;
  /** 2022's ratio. */
  published: number;
  /** Ours; null where it was not tested. */
  ours: Ratio | null;
  /** The same apart; null where all was measured in one sitting. */
  apart: Apart | null;
  /** Null where it was not tested, or there are too few trials for a test. */
  test: RatioTest | null;
  /** Why it was not tested. */
  untested: string | null;
  /** Configurations that stand for one of 2022, at whose severity no run showed that its fault took effect. */
  harder: Pick<Configuration, 'fault' | 'severity' | 'severity_unit'>[];
}

/** A ratio of each kind of processor; where there is one kind, of each sitting. A machine may tell otherwise than another. */
export interface Apart {
  by: 'processor' | 'sitting';
  /** By name of the processor, or in the order of the sittings’ plans. */
  ratios: { name: string; ratio: Ratio }[];
  /** How likely they are as far apart if the true ratio is the same in each; null where too few have an interval. */
  chance: number | null;
}

/** A claim of 2022 beside what a dataset says of it. */
export interface JudgedClaim {
  claim: string;
  parts: JudgedPart[];
  verdict: Verdict;
  /** Of a claim that is undecided: about how many times as many trials would decide it, if its ratios stayed what they are. */
  timesTrials: number | null;
  /** Of a claim that is undecided: how likely one of its parts is as far apart as it is, where that is shown; then no more trials decide it. */
  differs: { by: Apart['by']; chance: number } | null;
}

/** The claims of 2022, each with what this dataset says. */
export async function claims(data: Queryable): Promise<JudgedClaim[]> {
  const all = await mainConfigurations(data);
  const usual = workersOfMost(all);
  const evidence = await evidenceByRun(data);
  const judged = CLAIMS.map(({ claim, parts }) => ({
    claim,
    parts: parts.map((part) => judge(part, all, usual, evidence)),
  }));
  const words = verdicts(judged.map(({ parts }) => parts));
  const undecided = words.filter((verdict) => verdict === 'undecided').length;
  return judged.map((one, i) => ({
    ...one,
    verdict: words[i]!,
    timesTrials: words[i] === 'undecided' ? timesTrials(one.parts, LEVEL / undecided) : null,
    differs: words[i] === 'undecided' ? difference(one.parts, LEVEL / undecided) : null,
  }));
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

/**
 * About how many times as many trials would show all parts of a claim, or deny one, with a chance of error of `doubt`, if
 * the ratios stayed what they are: intervals shrink with the root of the trials. Null where there is no interval.
 */
export function timesTrials(
  parts: readonly Pick<JudgedPart, 'ours' | 'is' | 'bound'>[],
  doubt: number,
): number | null {
  const wider = tQuantile(1 - doubt / 2, MANY) / tQuantile(0.975, MANY);
  const asked = parts.map(({ ours, is, bound }) => {
    if (!ours?.low || !ours.high) return null;
    const reach = (wider * Math.log(ours.high / ours.low)) / 2;
    const beyond = Math.log(ours.value / bound) * (is === 'at most' ? -1 : 1);
    return { shown: beyond > 0, times: (reach / beyond) ** 2 };
  });
  if (asked.includes(null)) return null;
  const denied = asked.filter((one) => !one!.shown);
  const times = (denied.length > 0 ? denied : asked).map((one) => one!.times);
  return Math.max(1, denied.length > 0 ? Math.min(...times) : Math.max(...times));
}

/** So many degrees of freedom that Student's t is about normal. */
const MANY = 1000;

/** Of the parts that are shown neither way, what tells that processors or sittings differ. */
export function difference(
  parts: readonly Pick<JudgedPart, 'test' | 'apart'>[],
  doubt: number,
): JudgedClaim['differs'] {
  const open = parts.filter(({ test }) => test && Math.min(test.atMost, test.atLeast) > doubt);
  const found = open.flatMap(({ apart }) =>
    apart?.chance != null && apart.chance < LEVEL ? [{ by: apart.by, chance: apart.chance }] : [],
  );
  return found.sort((a, b) => a.chance - b.chance)[0] ?? null;
}

function judge(
  part: Part,
  all: readonly Configuration[],
  usual: number | undefined,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
): JudgedPart {
  const selectors = selectorsOf(part);
  const measured = all.filter((one) => valuesOf(one, STEADY[part.measure]).length > 0);
  const found = selectors.map((one) => configurationOf(one, measured, usual));
  const { words, is, bound } = part;
  const harder = found.filter(
    (one, i) =>
      one !== undefined &&
      one.fault !== NO_FAULT &&
      one.severity !== (selectors[i]!.severity ?? one.severity),
  ) as Configuration[];
  const known = { words, is, bound, published: publishedRatio(part), harder, apart: null };
  const untested = found.includes(undefined)
    ? 'not measured, or most of its runs do not show that the fault took effect'
    : found.some((one) => one!.trials.some(({ run_id }) => burnersTogether(evidence.get(run_id) ?? [])))
      ? 'its burners were one control group, in 2022 one each'
      : null;
  if (untested) return { ...known, ours: null, test: null, untested };
  const model = modelOf(all, found[0]!, STEADY[part.measure]);
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
    apart: ratiosApart(all, [found[0]!, found[1]!], STEADY[part.measure]),
    test: model.test(above, below, bound) ?? null,
    untested: null,
  };
}

/** The ratio of two configurations on each kind of processor, or in each sitting, that has both; null where it is one sitting alone. */
export function ratiosApart(
  all: readonly Configuration[],
  [of, to]: readonly [Configuration, Configuration],
  measure: Measure,
): Apart | null {
  const by = (nameOfTrial: (trial: Trial) => string): Apart['ratios'] => {
    const [ofIts, toIts] = [of, to].map(({ trials }) => new Set(trials.map(nameOfTrial)));
    const both = [...ofIts!].filter((name) => toIts!.has(name)).sort();
    return both.map((name) => {
      const there = all.map((one) => ({
        ...one,
        trials: one.trials.filter((trial) => nameOfTrial(trial) === name),
      }));
      return { name, ratio: modelOf(there, of, measure).ratio(nameOf(of), nameOf(to)) };
    });
  };
  const processors = by(({ host_cpu_model }) => processorName(host_cpu_model));
  if (processors.length > 1) return apart('processor', processors);
  const sittings = by(({ sitting }) => sitting);
  return sittings.length > 1 ? apart('sitting', sittings) : null;
}

function apart(by: Apart['by'], ratios: Apart['ratios']): Apart {
  return { by, ratios, chance: heterogeneity(ratios.map(({ ratio }) => ratio)) };
}

/** The processor’s name without marks of trade. */
function processorName(model: string | null): string {
  return (model ?? 'unknown').replace(/\((R|TM)\)/g, '').replace(/\s+Processor$/, '');
}

/**
 * The configuration of 2022; where none of its runs shows that the fault took effect, the mildest severity beyond it that did,
 * and that is none of 2022's own: what a severity costs that took effect, a milder one does not exceed.
 */
function configurationOf(
  { fault, role, severity, workers }: Selector,
  all: readonly Configuration[],
  usual: number | undefined,
): Configuration | undefined {
  const like = all.filter(
    (one) => one.fault === fault && one.target_role === role && one.workers === (workers ?? usual),
  );
  if (severity === undefined) return like[0];
  const rank = (one: Configuration) => severityRank(fault, one.severity);
  return (
    like.find((one) => one.severity === severity) ??
    like
      .filter((one) => rank(one) > severityRank(fault, severity))
      .filter((one) => !published().some((other) => isPublishedAs(one, other)))
      .sort((a, b) => rank(a) - rank(b))[0]
  );
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
