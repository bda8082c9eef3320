import { groupBy } from '../../common/group.js';
import type { Op } from '../../vocabulary/outcomes.js';
import { BLOCKS } from '../core/blocks.js';
import { cached } from '../core/query.js';
import { COMPARABLE, OF_BENCHMARK, type Setting } from '../core/setting.js';
import { outcomeCounts } from '../outcomes.js';
import { steadyStates } from '../steady.js';

/** One usable run, with what it measured over its whole length. */
export interface Trial extends Setting {
  run_id: string;
  scenario: string;
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  /** Whether the fault was planned to be lifted before the workload's end. */
  lifted: boolean;
  workers: number;
  trial: number;
  /** The stretch of runs that it was made in; see `core/blocks.ts`. */
  in_block: string;
  /** The plan that it is of: what is compared in absolute terms was made by one; see `core/blocks.ts`. */
  sitting: string;
  /** The kind of processor that it was measured on; null where nobody wrote it down. */
  host_cpu_model: string | null;
  /** The share of the CPU that neither the nodes nor the fault used; null where it was not measured. */
  other_cpu_fraction: number | null;
  /** Successful reads over the planned duration. */
  reads_per_s: number;
  /** Mean latency of the successful reads; null where none succeeded. */
  read_mean_ms: number | null;
  /** Successful writes over the planned duration. */
  writes_per_s: number;
  /** Successful reads a second once every worker reads, and their mean latency; null where it is not known, or never came. */
  steady_reads_per_s: number | null;
  steady_read_mean_ms: number | null;
}

/** Every usable run and its measures, in the order of run_id. */
export const trials = cached(async (data): Promise<Trial[]> => {
  const runs = await data.query<Omit<Trial, Measured> & { duration_s: number }>(
    `SELECT run_id, ${COMPARABLE.join(', ')}, scenario, fault, target_role, severity, severity_unit,
       coalesce(lift_at_s < duration_s, false) AS lifted, workers, trial, in_block, sitting,
       host_cpu_model, other_cpu_fraction, duration_s
     FROM runs JOIN ${BLOCKS} USING (run_id) WHERE ${OF_BENCHMARK} ORDER BY run_id`,
  );
  const ok = groupBy(
    (await outcomeCounts(data)).filter((row) => row.outcome === 'ok'),
    (row) => row.run_id,
  );
  const steady = new Map((await steadyStates(data)).map((one) => [one.run_id, one]));
  return runs.map(({ duration_s, ...run }) => {
    const of = (op: Op) => ok.get(run.run_id)?.find((row) => row.op === op);
    const reads = of('query');
    return {
      ...run,
      reads_per_s: (reads?.n ?? 0) / duration_s,
      read_mean_ms: reads ? reads.latency_ns! / reads.n / 1e6 : null,
      writes_per_s: (of('exec')?.n ?? 0) / duration_s,
      steady_reads_per_s: steady.get(run.run_id)?.reads_per_s ?? null,
      steady_read_mean_ms: steady.get(run.run_id)?.read_mean_ms ?? null,
    };
  });
});

type Measured =
  | 'reads_per_s'
  | 'read_mean_ms'
  | 'writes_per_s'
  | 'steady_reads_per_s'
  | 'steady_read_mean_ms';
