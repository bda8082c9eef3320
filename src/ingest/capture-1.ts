import { FOUND_BY_INGEST } from '../../collect/capture/format.js';
import type { Row } from '../dataset/schema.js';
import { EVIDENCE_METRICS, type EvidenceMetric, isEvidence } from '../vocabulary/evidence.js';

/**
 * Captures of format 1, which said in a sentence what had confirmed the fault. Two of these sentences showed nothing: that a
 * CPU limit had held the node back for a moment, and that a memory limit was set. For the first the samples tell
 * for how much of the fault it was held back; for the second, only that a node was killed for memory is evidence.
 */
export function upgradeRun1(run: Record<string, unknown>): Record<string, unknown> {
  const { fault_proven, fault_evidence: _, flags, ...rest } = run;
  for (const name of FOUND_BY_INGEST) delete rest[name];
  const killed = String(flags ?? '').includes('driver_killed_for_memory');
  return { ...rest, fault_confirmed: fault_proven ?? null, failure: killed ? 'killed_for_memory' : null };
}

/** An event of format 1 by its present name. */
export function upgradeEvent1(event: string): string {
  return event === 'fault_proven' ? 'fault_confirmed' : event;
}

/** A leader that is first seen so soon after the start led at the start. */
const FIRST_SEEN_NS = 400_000_000n;

/**
 * The role of the driver when the workload began. Format 1 called it a follower where the leader was first seen some
 * ms later, although it had led all along.
 */
export function driverRole1(run: Row<'runs'>, events: readonly Row<'events'>[]): Row<'runs'>['driver_role'] {
  const start = events.find(({ event }) => event === 'workload_started')?.time_ns;
  if (start === undefined) return run.driver_role;
  const changes = events.filter(({ event }) => event === 'leader_changed');
  const before = changes.findLast(({ time_ns }) => time_ns <= start);
  const first = changes.find(({ node, time_ns }) => node !== null && time_ns <= start + FIRST_SEEN_NS);
  const leader = before?.node ?? first?.node;
  if (!leader) return run.driver_role;
  return leader === run.driver_node ? 'leader' : 'follower';
}

/** What a run's sentence said, in numbers. */
export function evidence1(
  run: Row<'runs'>,
  sentence: string | null,
  events: readonly Row<'events'>[],
  samples: readonly Row<'samples'>[],
): Row<'evidence'>[] {
  const node = run.target_node;
  if (run.fault_confirmed === null || node === null) return [];
  const row = (metric: EvidenceMetric, during: number, threshold: number, before: number | null = null) => [
    {
      ...{ run_id: run.run_id, fault_no: 1, metric, node },
      ...{ before, during, threshold, unit: EVIDENCE_METRICS[metric].unit },
    },
  ];
  if (run.fault === 'memory-limit')
    return run.failure === 'killed_for_memory' ? row('memory_kills', 1, 1) : [];
  if (run.fault === 'cpu-limit') {
    const share = throttledShare(node, events, samples);
    return share === null ? [] : row('throttled_share', share, 0.05);
  }
  const number = (pattern: RegExp) => {
    const found = pattern.exec(sentence ?? '')?.[1];
    return found === undefined ? null : Number(found);
  };
  const before = number(/, (\d+) kB\/s before$/);
  const wrote = number(/wrote (\d+) kB\/s/);
  if (before !== null && wrote !== null) return row('write_rate', wrote * 1000, before * 500, before * 1000);
  const burnt = number(/burners used ([\d.]+) s/);
  if (burnt !== null) return row('burner_cpu_time', burnt, 0.1).map((one) => ({ ...one, node: 'host' }));
  const code = number(/exited with (\d+)/);
  if (code !== null) return row('exit_code', code, 0);
  if (sentence?.endsWith('used no CPU time while frozen')) return row('cpu_time', 0, 0);
  const counters: [EvidenceMetric, RegExp][] = [
    ['packets_dropped', /(\d+) packets dropped/],
    ['packets_queued', /(\d+) packets had to wait/],
    ['packets_delayed', /(\d+) packets sent/],
  ];
  return counters.flatMap(([metric, pattern]) => {
    const count = number(pattern);
    return count === null ? [] : row(metric, count, 1);
  });
}

/** Whether what was measured confirms the fault; null where there was none. */
export function isConfirmed(run: Row<'runs'>, evidence: readonly Row<'evidence'>[]): boolean | null {
  return run.fault_confirmed === null ? null : evidence.some(isEvidence);
}

/** For which share of the fault's time a node was held back, from its samples. */
function throttledShare(
  node: string,
  events: readonly Row<'events'>[],
  samples: readonly Row<'samples'>[],
): number | null {
  const at = (event: string) => events.find((one) => one.event === event)?.time_ns;
  const from = at('fault_injected');
  const to = at('fault_lifted') ?? at('workload_ended') ?? events.at(-1)?.time_ns;
  if (from === undefined || to === undefined || to <= from) return null;
  const throttled = samples
    .filter((one) => one.node === node && one.time_ns >= from && one.time_ns <= to)
    .flatMap((one) => one.cpu_throttled_ns ?? []);
  if (throttled.length < 2) return null;
  const sorted = throttled.toSorted((a, b) => (a < b ? -1 : 1));
  return Number(sorted.at(-1)! - sorted[0]!) / Number(to - from);
}
