import { groupBy } from '../../common/group.js';
import { NO_FAULT } from '../../vocabulary/faults.js';
import { fitBlocks } from '../core/block-model.js';
import { fitShares } from '../core/block-shares.js';
import type { Estimate, Ratio, RatioTest } from '../core/interval.js';
import { MissingData, type Queryable } from '../core/query.js';
import { baselineOf, isControl, placeOf } from './client-baseline.js';
import { type ClientGroup, clientGroups } from './client-runs.js';
import { type ClientWindow, clientWindowRows } from './client-window-rows.js';

/** How long the client's operations took, by share and since when. */
export const TIMES = ['p50_due_ms', 'p99_due_ms', 'p50_sent_ms', 'p99_sent_ms'] as const;
export type Time = (typeof TIMES)[number];
/** By when an operation had succeeded, from when it was due. */
export const DEADLINES = ['within_100ms', 'within_1s'] as const;
export type Deadline = (typeof DEADLINES)[number];

/** What a fault did to a kind of operation while it lasted, against runs without one in the same seconds of the same blocks. */
export interface ClientImpact extends ClientGroup {
  kind: 'read' | 'write';
  /** The window of the workload, in s. */
  from_s: number;
  to_s: number;
  /** Operations that succeeded in it, a second, as a ratio. */
  served: Ratio;
  /** Whether none succeeded in it, in any trial. */
  none_served: boolean;
  /** Shares of what was due, as differences (0.01 is a percentage point); null in a closed loop, where little is due that waits. */
  shares: Record<Deadline, ShareImpact> | null;
  times: Record<Time, TimeImpact>;
  baseline_trials: number;
  /** What it is compared with: runs without a fault, or those in which what makes it did nothing. */
  against: 'no fault' | 'control';
  /** Whether the baseline's client and nodes were set alike; else they differ in the client's time-outs. */
  same_settings: boolean;
}

export interface ShareImpact {
  /** Means over trials, with the fault and without. */
  with_fault: number;
  without: number;
  difference: Estimate;
  test(bound: number): RatioTest | undefined;
}

export interface TimeImpact {
  /** As a ratio; null where a trial has no such time: that many operations did not succeed in it. */
  ratio: Ratio | null;
  /** Trials with the fault that have none. */
  unserved: number;
  test(bound: number): RatioTest | undefined;
}

/**
 * What each fault did to the client's reads and writes, for each that has a baseline to compare with.
 * @param level of the intervals of what was served
 * @throws MissingData where none has
 */
export async function clientImpacts(data: Queryable, level = 0.95): Promise<ClientImpact[]> {
  const groups = await clientGroups(data);
  const rows = await clientWindowRows(data);
  const found = groups
    .filter(({ fault }) => fault !== NO_FAULT)
    .flatMap((group) => {
      const base = baselineOf(group, groups);
      return base ? impactsOf(group, base, groups, rows, level) : [];
    });
  if (found.length === 0)
    throw new MissingData(
      'no usable runs with the client and a fault, with a baseline of the client that is as long, in one campaign',
    );
  return found;
}

/** No operation takes less; a clock that tells nothing has to have a logarithm. */
const LEAST_MS = 1e-6;

function impactsOf(
  group: ClientGroup,
  base: ClientGroup,
  groups: readonly ClientGroup[],
  rows: ReadonlyMap<string, readonly ClientWindow[]>,
  level: number,
): ClientImpact[] {
  const own = group.trials.flatMap(({ run_id }) => rows.get(run_id) ?? []);
  const place = placeOf(group, groups);
  return [...groupBy(own, ({ kind }) => kind).values()].flatMap((mine): ClientImpact[] => {
    const { kind, from_s, to_s } = mine[0]!;
    const runs = place.flatMap((one) =>
      one.trials.flatMap(({ run_id }) =>
        (rows.get(run_id) ?? [])
          .filter((row) => row.kind === kind && row.from_s === from_s && row.to_s === to_s)
          .map((row) => ({ ...row, configuration: String(groups.indexOf(one)) })),
      ),
    );
    const [of, to] = [String(groups.indexOf(group)), String(groups.indexOf(base))];
    const side = (name: string) => runs.filter(({ configuration }) => configuration === name);
    const [hit, without] = [side(of), side(to)];
    if (without.length === 0) return [];
    const rate = fitBlocks(runs.map((row) => ({ ...row, value: row.served / row.seconds })));
    const share = (deadline: Deadline): ShareImpact => {
      const model = fitShares(runs.map((row) => ({ ...row, count: row[deadline], of: row.offered })));
      const mean = (some: readonly ClientWindow[]) =>
        some.reduce((sum, row) => sum + row[deadline] / row.offered, 0) / some.length;
      return {
        with_fault: mean(hit),
        without: mean(without),
        difference: model.difference(of, to),
        test: (bound) => model.test(of, to, bound),
      };
    };
    const time = (name: Time): TimeImpact => {
      const unserved = hit.filter((row) => row[name] === null).length;
      if (unserved > 0 || without.some((row) => row[name] === null))
        return { ratio: null, unserved, test: () => undefined };
      const lacking = new Set(runs.flatMap((row) => (row[name] === null ? [row.configuration] : [])));
      const known = runs.filter(({ configuration }) => !lacking.has(configuration));
      const model = fitBlocks(known.map((row) => ({ ...row, value: Math.max(row[name]!, LEAST_MS) })));
      return { ratio: model.ratio(of, to), unserved, test: (bound) => model.test(of, to, bound) };
    };
    return [
      {
        ...group,
        ...{ kind, from_s, to_s },
        served: rate.ratio(of, to, level),
        none_served: hit.every(({ served }) => served === 0),
        shares:
          group.arrivals === 'open'
            ? { within_100ms: share('within_100ms'), within_1s: share('within_1s') }
            : null,
        times: Object.fromEntries(TIMES.map((name) => [name, time(name)])) as ClientImpact['times'],
        baseline_trials: without.length,
        against: isControl(base) ? 'control' : 'no fault',
        same_settings: base.client_settings === group.client_settings,
      },
    ];
  });
}
