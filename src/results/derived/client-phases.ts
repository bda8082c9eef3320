import { groupBy } from '../../common/group.js';
import { NO_FAULT } from '../../vocabulary/faults.js';
import { fitShares, type Share } from '../core/block-shares.js';
import { BLOCKS } from '../core/blocks.js';
import type { Estimate } from '../core/interval.js';
import { OTHERS_CPU } from '../core/others-cpu.js';
import { among, listed, MissingData, type Queryable } from '../core/query.js';
import { baselineOf } from './client-baseline.js';
import { type ClientGroup, clientGroups } from './client-runs.js';

export const PHASES = ['before', 'during', 'after'] as const;
export type Phase = (typeof PHASES)[number];

/** What an open loop was served before, during and after a fault that was lifted. */
export interface ClientPhases extends ClientGroup {
  kind: 'read' | 'write';
  phases: Record<Phase, PhaseShare>;
  baseline_trials: number;
}

/** A span of whole seconds of the workload, against the same seconds of the runs that it is compared with. */
export interface PhaseShare {
  from_s: number;
  to_s: number;
  /** The share of what was due in it that succeeded within 1 s; the mean over trials. */
  share: number;
  /** To that of the runs that it is compared with; 0.01 is a percentage point. */
  difference: Estimate;
}

interface Second {
  run_id: string;
  kind: 'read' | 'write';
  second: number;
  offered: number;
  within_1s: number;
  block: string;
  otherCpu: number | null;
}

/**
 * The share of operations that succeeded within 1 s, in the whole seconds before the planned injection, between it and the
 * planned lift, and after that, each beside the same seconds of the runs that it is compared with, within blocks; see
 * {@link baselineOf}.
 * @throws MissingData where no fault of an open loop was planned to be lifted before the end, beside a baseline
 */
export async function clientPhases(data: Queryable): Promise<ClientPhases[]> {
  const groups = await clientGroups(data);
  const pairs = groups.flatMap((group) => {
    const base =
      group.fault === NO_FAULT || group.arrivals !== 'open' ? undefined : baselineOf(group, groups);
    const spans = base && spansOf(group);
    return base && spans && base.duration_s >= spans.after[1] ? [{ group, base, spans }] : [];
  });
  if (pairs.length === 0)
    throw new MissingData(
      'no usable runs with an open loop and a fault that was lifted before the end, beside a baseline as long',
    );
  const trials = pairs.flatMap(({ group, base }) => [...group.trials, ...base.trials]);
  const seconds = groupBy(
    await secondsOf(data, [...new Set(trials.map(({ run_id }) => run_id))]),
    (row) => row.run_id,
  );
  return pairs.flatMap(({ group, base, spans }) =>
    (['read', 'write'] as const).flatMap((kind): ClientPhases[] => {
      const shares = (one: ClientGroup, phase: Phase) => sharesIn(one, kind, spans[phase], seconds);
      const phases = PHASES.map((phase): [Phase, PhaseShare] => {
        const [hit, without] = [shares(group, phase), shares(base, phase)];
        const model = fitShares([...hit, ...without]);
        const [from_s, to_s] = spans[phase];
        const share = hit.reduce((sum, one) => sum + one.count / one.of, 0) / hit.length;
        return [phase, { from_s, to_s, share, difference: model.difference(nameOf(group), nameOf(base)) }];
      });
      if (phases.some(([, { share }]) => Number.isNaN(share))) return []; // none of that kind was due
      return [
        {
          ...group,
          kind,
          phases: Object.fromEntries(phases) as ClientPhases['phases'],
          baseline_trials: base.trials.length,
        },
      ];
    }),
  );
}

/** The whole seconds of each phase; undefined where one has none. */
function spansOf({ inject_at_s, lift_at_s, duration_s }: ClientGroup) {
  if (inject_at_s === null || lift_at_s === null) return undefined;
  const spans = {
    before: [0, Math.floor(inject_at_s)],
    during: [Math.ceil(inject_at_s), Math.floor(lift_at_s)],
    after: [Math.ceil(lift_at_s), Math.floor(duration_s)],
  } satisfies Record<Phase, [number, number]>;
  return PHASES.every((phase) => spans[phase][1] > spans[phase][0]) ? spans : undefined;
}

/** What tells a fault from what it is compared with. */
function nameOf({ scenario, severity }: ClientGroup): string {
  return `${scenario}\n${severity}`;
}

function sharesIn(
  group: ClientGroup,
  kind: 'read' | 'write',
  [from, to]: readonly [number, number],
  seconds: ReadonlyMap<string, readonly Second[]>,
): Share[] {
  return group.trials.flatMap(({ run_id }) => {
    const rows = (seconds.get(run_id) ?? []).filter(
      (row) => row.kind === kind && row.second >= from && row.second < to,
    );
    const [first] = rows;
    if (!first) return [];
    const sum = (name: 'offered' | 'within_1s') => rows.reduce((total, row) => total + row[name], 0);
    const { block, otherCpu } = first;
    return [{ configuration: nameOf(group), block, otherCpu, count: sum('within_1s'), of: sum('offered') }];
  });
}

function secondsOf(data: Queryable, runs: readonly string[]): Promise<Second[]> {
  return data.query<Second>(
    `SELECT run_id, kind, second, offered::DOUBLE AS offered, within_1s::DOUBLE AS within_1s, in_block AS block,
       ${OTHERS_CPU} AS "otherCpu"
     FROM service JOIN runs USING (run_id) JOIN ${BLOCKS} USING (run_id) WHERE ${among('run_id', 'runs')}`,
    { runs: listed(runs) },
  );
}
