import { NO_FAULT } from '../../vocabulary/faults.js';
import { type Estimate, meanEstimate } from '../core/interval.js';
import { MissingData, type Queryable } from '../core/query.js';
import { type ClientGroup, clientGroups } from './client-runs.js';
import { type ClientWindow, clientWindowRows } from './client-window-rows.js';

/** What can become of the client's operations, from the best to the worst. */
export const FATES = {
  within_100ms: 'within 100 ms',
  within_1s: 'within 1 s',
  late: 'later',
  unknown: 'nobody can tell',
  fail: 'failed',
  dropped: 'never tried',
} as const;
export type Fate = keyof typeof FATES;

/** What became of the operations of a kind that were due during a fault; in a baseline, in the longest such window. */
export interface ClientOutcomes extends ClientGroup {
  kind: 'read' | 'write';
  /** The window of the workload, in s. */
  from_s: number;
  to_s: number;
  /** Means over trials of each trial's shares; they add up to 1. */
  shares: Record<Fate, Estimate>;
  /** In all trials. */
  operations: number;
}

/**
 * What became of the client's operations, by question and kind.
 * @throws MissingData where there are no runs with the client and a fault
 */
export async function clientOutcomes(data: Queryable): Promise<ClientOutcomes[]> {
  const rows = await clientWindowRows(data);
  const found = (await clientGroups(data)).flatMap((group) =>
    (['read', 'write'] as const).flatMap((kind): ClientOutcomes[] => {
      const mine = group.trials.flatMap(({ run_id }) => longest(rows.get(run_id) ?? [], kind));
      if (mine.length === 0) return [];
      const over = (fate: Fate) => meanEstimate(mine.map((row) => fateOf(row, fate) / row.offered));
      const shares = Object.fromEntries((Object.keys(FATES) as Fate[]).map((fate) => [fate, over(fate)]));
      return [
        {
          ...{
            ...group,
            kind,
            from_s: mine[0]!.from_s,
            to_s: mine[0]!.to_s,
            shares: shares as Record<Fate, Estimate>,
          },
          operations: mine.reduce((sum, { offered }) => sum + offered, 0),
        },
      ];
    }),
  );
  if (found.every(({ fault }) => fault === NO_FAULT))
    throw new MissingData('no usable runs with the client and a fault');
  return found;
}

function longest(rows: readonly ClientWindow[], kind: string): ClientWindow[] {
  const mine = rows.filter((row) => row.kind === kind && row.offered > 0);
  return mine.toSorted((a, b) => b.to_s - b.from_s - (a.to_s - a.from_s)).slice(0, 1);
}

function fateOf(row: ClientWindow, fate: Fate): number {
  if (fate === 'within_1s') return row.within_1s - row.within_100ms;
  if (fate === 'late') return row.ok - row.within_1s;
  return row[fate];
}
