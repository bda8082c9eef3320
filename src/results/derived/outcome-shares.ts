import type { Op, Outcome } from '../../vocabulary/outcomes.js';
import { type Estimate, meanEstimate } from '../core/interval.js';
import type { Queryable } from '../core/query.js';
import { outcomeCounts } from '../outcomes.js';
import type { Configuration } from './configurations.js';

/** What became of a configuration's operations of one kind. */
export interface OutcomeShares {
  op: Op;
  /** Shares between 0 and 1, as means over trials of each trial's share; they add up to 1. */
  shares: { outcome: Outcome; error_class: string; share: Estimate }[];
  /** Operations in all trials. */
  operations: number;
}

/** The shares of outcomes by kind of operation, for each configuration. A kind that was never tried is left out. */
export async function outcomeShares(
  data: Queryable,
  all: readonly Configuration[],
): Promise<OutcomeShares[][]> {
  const rows = await outcomeCounts(data);
  return all.map((one) => {
    const ids = new Set(one.trials.map((trial) => trial.run_id));
    const mine = rows.filter((row) => ids.has(row.run_id));
    return (['query', 'exec'] as const).flatMap((op): OutcomeShares[] => {
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
