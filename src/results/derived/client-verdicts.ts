import type { Estimate, RatioTest } from '../core/interval.js';
import type { Queryable } from '../core/query.js';
import { verdicts } from './claims.js';
import { type ClientImpact, clientImpacts } from './client-impact.js';

/**
 * What a client would not notice; ours, and chosen before anything was measured: one operation of a hundred more that has not
 * succeeded after 1 s, and times that are a quarter longer.
 */
export const MARGINS = { late_share: 0.01, longer: 1.25 } as const;

/** Whether a fault matters to a kind of operation. */
export interface ClientVerdict {
  impact: ClientImpact;
  verdict: 'matters' | 'does not matter' | 'undecided';
  parts: MatterPart[];
}

/** A measure that has to be within its margin for a fault not to matter. */
export interface MatterPart {
  measure: 'within_1s' | 'p50_due_ms' | 'p99_due_ms';
  /** A difference of shares, or a ratio of times; null where too many operations did not succeed. */
  estimate: Estimate | null;
  test: RatioTest | undefined;
  is: 'at least' | 'at most';
}

/**
 * Whether each fault that an open loop met matters to operations of a kind: it does not where each measure is shown to be
 * within its margin, it does where one is shown to be beyond. The chance that any verdict is wrong is kept at 5 % for all of
 * them together, as for the claims of 2022; see {@link verdicts}.
 */
export async function clientVerdicts(data: Queryable, kind: 'read' | 'write'): Promise<ClientVerdict[]> {
  const judged = (await clientImpacts(data))
    .filter((one) => one.kind === kind && one.shares !== null)
    .map((impact) => ({ impact, parts: partsOf(impact) }));
  const words = verdicts(
    judged.map(({ parts }) => parts.map(({ test, is }) => ({ test: test ?? null, is, untested: null }))),
  );
  return judged.map((one, i) => ({ ...one, verdict: WORDS[words[i]!] }));
}

const WORDS = {
  holds: 'does not matter',
  'does not hold': 'matters',
  undecided: 'undecided',
  'not tested': 'undecided',
} as const;

function partsOf({ shares, times }: ClientImpact): MatterPart[] {
  const { difference, test } = shares!.within_1s;
  return [
    { measure: 'within_1s', estimate: difference, test: test(-MARGINS.late_share), is: 'at least' },
    ...(['p50_due_ms', 'p99_due_ms'] as const).map(
      (measure): MatterPart => ({
        ...{ measure, estimate: times[measure].ratio },
        ...{ test: times[measure].test(MARGINS.longer), is: 'at most' },
      }),
    ),
  ];
}
