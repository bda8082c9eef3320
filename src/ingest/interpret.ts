import type { Row } from '../dataset/schema.js';
import { CLOCK_ERROR_LIMIT_MS, clockErrorMs } from '../vocabulary/clock-words.js';
import { usesCpu } from '../vocabulary/faults.js';
import { type Flag, OTHER_CPU_LIMIT } from '../vocabulary/flags.js';

/** What the results files of a run tell. */
export interface ResultFacts {
  /** When the first operation was started, in ns of Unix time; null without any. */
  firstStartNs: bigint | null;
  /** Writes that a worker was told had succeeded. */
  acknowledged: number;
  /** Writes of which nobody can tell whether they happened. */
  inDoubt: number;
}

/** A captured run as a row of `runs`, and its events, with what follows from its results. Pure. */
export function interpret(
  run: Row<'runs'>,
  events: readonly Row<'events'>[],
  facts: ResultFacts,
): { run: Row<'runs'>; events: Row<'events'>[] } {
  const failed = run.status === 'failed';
  return {
    run: {
      ...run,
      acknowledged_writes: failed ? run.acknowledged_writes : facts.acknowledged,
      run_flags: flagsOf(run, events, facts).join(';') || null,
    },
    events: facts.firstStartNs === null ? [...events] : timed(run, events, facts.firstStartNs),
  };
}

function flagsOf(
  run: Row<'runs'>,
  events: readonly Row<'events'>[],
  { acknowledged, inDoubt }: ResultFacts,
): Flag[] {
  const { rows_found: rows, other_cpu_fraction, fault } = run;
  const other = usesCpu(fault) ? 0 : (other_cpu_fraction ?? 0);
  const flags = new Set((run.run_flags?.split(';') ?? []) as Flag[]);
  const explained = rows === null || (rows >= acknowledged && rows <= acknowledged + inDoubt);
  if (run.status !== 'failed' && !explained) flags.add('writes_disagree');
  if (run.status !== 'failed' && other > OTHER_CPU_LIMIT) flags.add('other_cpu');
  if (events.some(isOfAnUncertainClock)) flags.add('clock_error');
  return [...flags];
}

function isOfAnUncertainClock({ event, detail }: Row<'events'>): boolean {
  return event === 'clock_measured' && (clockErrorMs(detail ?? '') ?? 0) > CLOCK_ERROR_LIMIT_MS;
}

/** The workload began with its first operation, and what was planned was planned from then on. */
function timed(run: Row<'runs'>, events: readonly Row<'events'>[], startNs: bigint): Row<'events'>[] {
  const begun = events.find(({ event }) => event === 'workload_started');
  const isThere = (one: Row<'events'>) =>
    events.some(
      ({ event, detail, fault_no }) =>
        event === one.event && detail === one.detail && (fault_no ?? 1) === one.fault_no,
    );
  return [
    ...events.map((one) => (one === begun ? { ...one, time_ns: startNs } : one)),
    ...planned(run, startNs).filter((one) => !isThere(one)),
  ];
}

/** When each fault was to be injected and lifted. */
function planned(run: Row<'runs'>, startNs: bigint): Row<'events'>[] {
  const { run_id, faults, inject_at_s, lift_at_s } = run;
  const all: Pick<Row<'runs'>, 'inject_at_s' | 'lift_at_s'>[] = faults
    ? JSON.parse(faults)
    : [{ inject_at_s, lift_at_s }];
  const event = (at: number | null, detail: string, i: number): Row<'events'>[] => {
    if (at === null) return [];
    const time_ns = startNs + BigInt(Math.round(at * 1e9));
    return [{ run_id, time_ns, event: 'fault_planned', fault_no: i + 1, node: null, detail }];
  };
  return all.flatMap((fault, i) => [
    ...event(fault.inject_at_s, 'inject', i),
    ...event(fault.lift_at_s, 'lift', i),
  ]);
}
