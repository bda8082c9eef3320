import { WORKLOADS, type WorkloadName } from '../../src/vocabulary/workloads.js';
import { MIXES } from './mixes.js';
import { type ClientSettings, shareOfCapacity } from './settings.js';

/** What is known of a run's load beside the addresses of the nodes. */
export interface Load {
  readonly workload: WorkloadName;
  readonly settings: ClientSettings;
  /** Connections, and workers of a closed loop. */
  readonly workers: number;
  readonly durationS: number;
  /** Operations a second; null in a closed loop. */
  readonly ratePerS: number | null;
  readonly seed: number;
}

/** What is in flight at the end is waited for so long before it is recorded as unknown. */
const DRAIN_S = 15;
/** So many operations may wait at once before more are dropped. */
const IN_FLIGHT = 10_000;

/** The client's configuration, as `collect/client/README.md` describes it. */
export function clientConfig(load: Load, addresses: readonly string[]): object {
  const { workload, settings, workers, durationS, ratePerS, seed } = load;
  const ms = (s: number | undefined) => Math.round((s ?? 0) * 1000);
  return {
    addresses,
    seed,
    duration_ms: ms(durationS),
    drain_ms: ms(DRAIN_S),
    ...(settings.final_reads && { final_reads: true }),
    connections: workers,
    remember_leader: settings.remember_leader,
    arrivals:
      ratePerS === null
        ? { kind: 'closed', workers }
        : { kind: 'open', rate_per_s: ratePerS, spacing: settings.spacing, in_flight: IN_FLIGHT },
    keys: {
      count: settings.keys,
      ...(settings.zipf > 0
        ? { distribution: 'zipf', exponent: settings.zipf }
        : { distribution: 'uniform' }),
    },
    mix:
      typeof settings.mix === 'string'
        ? MIXES[settings.mix]
        : (settings.mix ?? (WORKLOADS[workload] as { mix?: object }).mix),
    value_bytes: { min: settings.value_bytes, max: settings.value_bytes },
    policy: { name: settings.policy },
    timeouts: {
      dial_ms: ms(settings.dial_timeout_s),
      probe_ms: ms(settings.probe_timeout_s),
      attempt_ms: ms(settings.attempt_timeout_s),
      operation_ms: settings.operation_timeout_s === 'none' ? 0 : ms(settings.operation_timeout_s),
    },
  };
}

/** The rate of a run in operations a second: as the scenario says it, or of the capacity where it says a share. */
export function rateOf(settings: ClientSettings, capacityPerS: number | null): number | null {
  if (settings.arrivals === 'closed') return null;
  const share = shareOfCapacity(settings);
  if (share === null) return Number(settings.rate);
  if (capacityPerS === null) throw new Error('the rate is a share of a capacity that was not measured');
  return Math.max(1, Math.round(share * capacityPerS));
}
