import { groupBy } from '../common/group.js';
import { type Estimate, ratioEstimate } from './interval.js';
import { MissingData, type Queryable } from './question.js';
import { COMPARABLE, mainSetting, STARTS, USABLE } from './runs.js';

/** What a fault did while it was there, against runs without one in the same span of the workload. */
export interface Impact {
  fault: string;
  target_role: 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  /** Successful operations a second, as a ratio to the baseline's. */
  throughput: Estimate;
  /** 99th percentile of the latency of successful operations, as a ratio; null where a side had no success. */
  p99: Estimate | null;
  baseline_trials: number;
}

/** One run within one span. */
interface Span {
  run_id: string;
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  workers: number;
  /** The planned span, which baselines are cut to. */
  from_s: number;
  to_s: number;
  ok_per_s: number;
  p99_ms: number | null;
}

/** The impact of every fault in the main setting, in the order of fault, severity (mild first) and role. */
export async function impacts(data: Queryable): Promise<Impact[]> {
  const all = await spans(data);
  const hit = all.filter((one) => one.fault !== 'none');
  if (hit.length === 0) throw new MissingData('no usable run with a fault');
  const groups = groupBy(hit, (one) => [one.fault, one.target_role, one.severity, one.workers].join('\n'));
  const found = [...groups.values()].flatMap((group): Impact[] => {
    const first = group[0]!;
    const base = all.filter(
      (one) =>
        one.fault === 'none' &&
        one.workers === first.workers &&
        one.from_s === first.from_s &&
        one.to_s === first.to_s,
    );
    if (base.length === 0) return [];
    const [slow, quick] = [p99s(group), p99s(base)];
    return [
      {
        ...first,
        target_role: first.target_role as Impact['target_role'],
        throughput: ratioEstimate(
          group.map((one) => one.ok_per_s),
          base.map((one) => one.ok_per_s),
        ),
        p99: slow.length > 0 && quick.length > 0 ? ratioEstimate(slow, quick) : null,
        baseline_trials: base.length,
      },
    ];
  });
  if (found.length === 0) throw new MissingData('no baseline with as many workers as the runs with a fault');
  return found;
}

function p99s(spans: readonly Span[]): number[] {
  return spans.map((one) => one.p99_ms).filter((value) => value !== null);
}

/**
 * Each run with a fault within the fault's window (as it happened, or as planned where no event tells), and each run
 * without one within every planned window that a fault with as many workers had.
 */
async function spans(data: Queryable): Promise<Span[]> {
  const setting = await mainSetting(data);
  const inSetting = COMPARABLE.map((name) => `r.${name} IS NOT DISTINCT FROM $${name}::VARCHAR`).join(
    ' AND ',
  );
  return data.query<Span>(
    `WITH chosen AS (
       SELECT run_id, fault, target_role, severity, severity_unit, workers, duration_s,
         coalesce(inject_at_s, 0) AS from_s, least(coalesce(lift_at_s, duration_s), duration_s) AS to_s
       FROM runs r WHERE ${USABLE} AND ${inSetting}
     ), happened AS (
       SELECT run_id, min(time_ns) FILTER (event = 'fault_injected') AS injected_ns,
         min(time_ns) FILTER (event = 'fault_lifted') AS lifted_ns
       FROM events GROUP BY run_id
     ), windows AS (
       SELECT DISTINCT workers, from_s, to_s FROM chosen WHERE fault <> 'none'
     ), spans AS (
       SELECT c.run_id, fault, target_role, severity, severity_unit, c.workers, w.from_s, w.to_s,
         if(fault = 'none', NULL, injected_ns) AS injected_ns, if(fault = 'none', NULL, lifted_ns) AS lifted_ns,
         start_ns, duration_s
       FROM chosen c JOIN ${STARTS} USING (run_id) LEFT JOIN happened USING (run_id)
       JOIN windows w ON w.workers = c.workers
         AND (c.fault = 'none' OR (w.from_s = c.from_s AND w.to_s = c.to_s))
     ), bounds AS MATERIALIZED (
       SELECT *, row_number() OVER () AS span, greatest(coalesce(injected_ns, start_ns + (from_s * 1e9)::BIGINT), start_ns) AS from_ns,
         least(coalesce(lifted_ns, start_ns + (to_s * 1e9)::BIGINT), start_ns + (duration_s * 1e9)::BIGINT) AS to_ns
       FROM spans
     ), measured AS (
       SELECT span, count(*) AS ok, quantile_disc(latency_ns, 0.99) AS p99_ns
       FROM (SELECT run_id, span, from_ns, to_ns FROM bounds) JOIN
         (SELECT run_id, start_ns + latency_ns AS end_ns, latency_ns FROM operations WHERE outcome = 'ok') USING (run_id)
       WHERE end_ns >= from_ns AND end_ns < to_ns GROUP BY span
     )
     SELECT run_id, fault, target_role, severity, severity_unit, workers, from_s, to_s,
       coalesce(ok, 0)::DOUBLE / ((to_ns - from_ns)::DOUBLE / 1e9) AS ok_per_s, p99_ns::DOUBLE / 1e6 AS p99_ms
     FROM bounds LEFT JOIN measured USING (span) WHERE to_ns > from_ns
     ORDER BY fault, severity * if(fault LIKE '%-limit' OR fault LIKE '%-rate' OR fault LIKE '%-throttle', -1, 1),
       target_role, run_id`,
    Object.fromEntries(COMPARABLE.map((name) => [name, setting[name]])),
  );
}
