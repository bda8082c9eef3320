import { FAULT_KINDS, FAULTS, LOSSES, severityRank } from '../vocabulary/faults.js';
import { RELEASES } from '../vocabulary/releases.js';
import type { SeverityUnit } from '../vocabulary/severity-units.js';
import { type Case, inOrder, type Plan, plans, trialsOf } from './synthetic-plans.js';

/** Two severities of every unit, the milder one first where less is worse, too. */
const SEVERITIES: Record<SeverityUnit, readonly [number, number]> = {
  burners: [1, 3],
  cpus: [0.25, 0.5],
  MB: [50, 100],
  bytes_per_s: [100_000, 1_000_000],
  ms: [10, 100],
  percent: [1, 10],
};
/** Those of 2022 are in `plans()`. */
const LASTING = FAULT_KINDS.filter(
  (kind) => !FAULTS[kind].unavailable && !['cpu-contention', 'memory-limit'].includes(kind),
);
const READS = 4200;

/**
 * The runs of a made-up campaign as large as one that leaves nothing out: every fault on the leader and on a follower
 * at two severities with three trials each, the loss of a leader on three releases with ten, and 2022's scenarios.
 */
export function campaignPlans(): Plan[] {
  const mixed = { workload: 'kvreadwrite', driver_role: 'follower', reads_per_s: READS } as const;
  const window = { inject_at_s: 7.5, lift_at_s: 18 };
  const cases: [Case, number][] = (['leader', 'follower'] as const).flatMap((role) => {
    const hit = {
      target_role: role,
      target_node: role === 'leader' ? 'raft1' : 'raft3',
      ...mixed,
      ...window,
    };
    const lasting = LASTING.flatMap((fault) => {
      const unit: SeverityUnit | null = FAULTS[fault].unit;
      if (unit === null) return [[{ scenario: `${fault}-${role}`, fault, ...hit }, 3] as [Case, number]];
      const severities = SEVERITIES[unit].toSorted((a, b) => severityRank(fault, a) - severityRank(fault, b));
      return severities.map((severity, i): [Case, number] => {
        const part = role === 'leader' ? 0.6 - 0.4 * i : 0.98 - 0.03 * i;
        const scenario = `${fault}-${role}`;
        return [{ scenario, fault, severity, severity_unit: unit, ...hit, reads_per_s: READS * part }, 3];
      });
    });
    const losses = LOSSES.flatMap((fault) => {
      const outage_s = role === 'leader' ? 4 : 0.5;
      const name = fault === 'crash' ? 'crash-restart' : fault;
      const one = { scenario: `${name}-${role}`, fault, outage_s, ...hit };
      if (role === 'follower' || fault.startsWith('network')) return [[one, 3] as [Case, number]];
      return RELEASES.map((debian_release, i): [Case, number] => [
        { ...one, debian_release, outage_s: 4 + 3 * i },
        10,
      ]);
    });
    return [...lasting, ...losses];
  });
  const baseline: [Case, number] = [{ scenario: 'baseline-readwrite', workers: 9, ...mixed }, 3];
  const others = ['pause-leader', 'network-cut-leader', 'disk-follower'];
  const as2022 = plans().filter((plan) => !others.includes(plan.scenario));
  return inOrder([...as2022, ...[baseline, ...cases].flatMap(([one, trials]) => trialsOf(one, trials))]);
}
