import type { Queryable } from '../core/query.js';
import { clientLatency } from './client-latency.js';
import { clientGroups } from './client-runs.js';
import { servedShare, serviceOverTime } from './client-service.js';

/** What clients felt of a question, over its trials. */
export interface Felt {
  scenario: string;
  severity: number | null;
  severity_unit: string | null;
  trials: number;
  /** Share of what was due during the fault (of all where there was none) that succeeded within 1 s; null in a closed loop. */
  served: number | null;
  /** 99th percentiles, since the operations were due, in ms; null where none succeeded. */
  read_p99_ms: number | null;
  write_p99_ms: number | null;
}

const TAIL = 0.99;

/** What clients felt of each question that was put to the cluster, those without a fault first. */
export async function felt(data: Queryable): Promise<Felt[]> {
  const groups = await clientGroups(data);
  const service = await serviceOverTime(data);
  const latency = await clientLatency(data, [TAIL]);
  return groups.map(({ scenario, severity, severity_unit, trials }) => {
    const same = (one: { trials: unknown }) => one.trials === trials;
    const tail = (kind: 'read' | 'write') =>
      latency.find((one) => same(one) && one.kind === kind && one.since === 'due')?.time_ms.value ?? null;
    const times = service.find(same);
    return {
      scenario,
      severity,
      severity_unit,
      trials: trials.length,
      served: times ? servedShare(times) : null,
      read_p99_ms: tail('read'),
      write_p99_ms: tail('write'),
    };
  });
}
