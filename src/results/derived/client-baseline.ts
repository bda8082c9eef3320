import { faultDescription, NO_FAULT } from '../../vocabulary/faults.js';
import type { ClientGroup } from './client-runs.js';

/** What must be equal for groups of the client's runs to be compared. */
const PLACE = ['campaign', 'debian_release', 'workload', 'workers', 'arrivals', 'node_settings'] as const;

/** The groups that were made alike, whatever the fault; itself among them. */
export function placeOf(group: ClientGroup, all: readonly ClientGroup[]): ClientGroup[] {
  return all.filter((one) => PLACE.every((name) => one[name] === group[name]));
}

/**
 * The runs that a fault is compared with: those in which what makes it was at work and did nothing, where there are any; else
 * those without a fault. With all the same settings, or else with all but time-outs.
 */
export function baselineOf(group: ClientGroup, all: readonly ClientGroup[]): ClientGroup | undefined {
  const place = placeOf(group, all);
  const controls = isControl(group)
    ? []
    : place.filter(
        (one) =>
          isControl(one) &&
          SAME_FAULT.every((name) => one[name] === group[name]) &&
          one.client_settings === group.client_settings,
      );
  if (controls[0]) return controls[0];
  const alike = place.filter((one) => one.fault === NO_FAULT);
  const settings = (of: (one: ClientGroup) => string) => alike.find((one) => of(one) === of(group));
  return settings((one) => one.client_settings) ?? settings(withoutTimeouts);
}

const SAME_FAULT = ['scenario', 'fault', 'target_role', 'inject_at_s', 'lift_at_s'] as const;

/** Whether the fault of a group is no more than what makes it. */
export function isControl({ fault, severity }: Pick<ClientGroup, 'fault' | 'severity'>): boolean {
  return severity !== null && severity === faultDescription(fault)?.control;
}

function withoutTimeouts({ client_settings }: ClientGroup): string {
  const {
    dial_timeout_s: _,
    attempt_timeout_s: __,
    operation_timeout_s: ___,
    remember_leader: ____,
    ...rest
  } = JSON.parse(client_settings);
  return JSON.stringify(Object.entries(rest).sort());
}
