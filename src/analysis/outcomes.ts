import type { Op, Outcome } from '../vocabulary/outcomes.js';
import type { Configuration } from './configurations.js';
import { type Estimate, meanEstimate } from './interval.js';
import type { Queryable } from './question.js';
import { tally } from './tally.js';

/** What became of a configuration's operations of one kind. */
export interface Outcomes {
  op: Op;
  /** Shares between 0 and 1, as means over trials of each trial's share; they add up to 1. */
  shares: { outcome: Outcome; error_class: string | null; share: Estimate }[];
  /** Operations in all trials. */
  operations: number;
}

/** The shares of outcomes by kind of operation, for each configuration. A kind that was never tried is left out. */
export async function outcomes(data: Queryable, all: readonly Configuration[]): Promise<Outcomes[][]> {
  const rows = await tally(data);
  return all.map((one) => {
    const ids = new Set(one.trials.map((trial) => trial.run_id));
    const mine = rows.filter((row) => ids.has(row.run_id));
    return (['query', 'exec'] as const).flatMap((op): Outcomes[] => {
      const ofKind = mine.filter((row) => row.op === op);
      const operations = total(ofKind);
      if (operations === 0) return [];
      const kinds = new Map(ofKind.map((row) => [`${row.outcome}\n${row.error_class}`, row]));
      const tried = [...ids].filter((id) => ofKind.some((row) => row.run_id === id));
      const shares = [...kinds.values()].map(({ outcome, error_class }) => ({
        outcome,
        error_class,
        share: meanEstimate(
          tried.map((id) => {
            const ofRun = ofKind.filter((row) => row.run_id === id);
            const same = ofRun.filter((row) => row.outcome === outcome && row.error_class === error_class);
            return total(same) / total(ofRun);
          }),
        ),
      }));
      return [{ op, shares, operations }];
    });
  });
}

function total(rows: readonly { n: number }[]): number {
  return rows.reduce((sum, row) => sum + row.n, 0);
}
