import { IS_READ } from '../dataset/client-sql.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import { result } from './core/result.js';
import { CONFIRMED, STARTS } from './core/setting.js';
import { CLIENT_OPERATIONS } from './service.js';

const count = (name: string, about: string) => ({ name, type: 'BIGINT', about, minimum: 0 }) as const;
const percentile = (name: string, share: number, since: string) =>
  ({
    name,
    type: 'DOUBLE',
    unit: 'ms',
    about: `How long ${share} of 100 took at most, from ${since}. What did not succeed counts as slower than all that did; null where that is the answer`,
    optional: true,
    minimum: 0,
  }) as const;
const DUE = 'when they were due';
const SENT = 'when they were first sent; of those that were sent';

/** What must be equal for two runs of the client to be compared in the same seconds. */
const SAME = ['campaign', 'source', 'runtime', 'debian_release', 'workload', 'workers', 'arrivals'] as const;
const same = (a: string, b: string) =>
  SAME.map((name) => `${a}.${name} IS NOT DISTINCT FROM ${b}.${name}`).join(' AND ');

/**
 * The windows in which runs of the client are compared like with like.
 *
 * A run with a fault counts from the fault's injection, for as long as the fault was planned to last: until its planned lift, or
 * the workload's end. A run without one counts in the same seconds of the workload, once for each window that a fault had in a
 * run that it can be compared with, if it is long enough. An operation counts where it was due, but for `served`.
 */
export const clientWindows = result({
  name: 'client_windows',
  version: 1,
  row: 'a kind of operation in a span in which a run with the client is compared with others: that of a fault, as `src/results/client-windows.ts` says',
  key: ['from_s', 'to_s', 'kind'],
  from: 'attempts',
  columns: [
    { name: 'from_s', type: 'DOUBLE', unit: 's', about: 'Where it was planned to begin', minimum: 0 },
    { name: 'to_s', type: 'DOUBLE', unit: 's', about: 'Where it was planned to end', minimum: 0 },
    { name: 'kind', type: 'VARCHAR', about: 'read or write', oneOf: ['read', 'write'] },
    { name: 'seconds', type: 'DOUBLE', unit: 's', about: 'How long it was', minimum: 0 },
    count('served', 'Operations that succeeded in it, whenever they were due'),
    count('offered', 'Operations that were due in it'),
    count('ok', 'Of these, those that succeeded, whenever'),
    count('fail', 'Those that certainly did not happen'),
    count('unknown', 'Those of which nobody can tell'),
    count('dropped', 'Those that were never tried'),
    count('within_100ms', 'Those that had succeeded 100 ms after they were due'),
    count('within_1s', 'Those that had succeeded 1 s after they were due'),
    percentile('p50_due_ms', 50, DUE),
    percentile('p99_due_ms', 99, DUE),
    percentile('p50_sent_ms', 50, SENT),
    percentile('p99_sent_ms', 99, SENT),
  ],
  perRun: `
    WITH place AS (
      SELECT *, inject_at_s AS from_s, least(coalesce(lift_at_s, duration_s), duration_s) AS to_s FROM runs
      WHERE status = 'complete' AND ${CONFIRMED} AND driver_role = 'client' AND scenario <> 'calibration'
    ), planned AS (
      SELECT DISTINCT c.run_id, c.fault, c.duration_s, hit.from_s, hit.to_s FROM place hit JOIN place c
        ON hit.fault <> '${NO_FAULT}' AND hit.from_s IS NOT NULL AND ${same('hit', 'c')}
          AND if(c.fault = '${NO_FAULT}', c.duration_s >= hit.to_s, c.run_id = hit.run_id)
    ), happened AS (
      SELECT run_id, min(time_ns) FILTER (event = 'fault_injected') AS injected_ns FROM events GROUP BY run_id
    ), bounds AS (
      SELECT run_id, from_s, to_s, start_ns + (duration_s * 1e9)::BIGINT AS end_ns,
        coalesce(if(fault = '${NO_FAULT}', NULL, injected_ns), start_ns + (from_s * 1e9)::BIGINT) AS from_ns
      FROM planned JOIN ${STARTS} USING (run_id) LEFT JOIN happened USING (run_id)
    ), spans AS (
      SELECT *, least(from_ns + ((to_s - from_s) * 1e9)::BIGINT, end_ns) AS to_ns FROM bounds
    ), operation AS (
      SELECT run_id, from_s, to_s, (to_ns - from_ns)::DOUBLE / 1e9 AS seconds, if(${IS_READ}, 'read', 'write') AS kind, outcome,
        intended_ns >= from_ns AND intended_ns < to_ns AS due, coalesce(done_ns >= from_ns AND done_ns < to_ns, false) AS done,
        first_sent_ns IS NOT NULL AS sent,
        if(outcome = 'ok', done_ns - intended_ns, ${never()}) AS due_ns,
        if(outcome = 'ok', done_ns - first_sent_ns, ${never()}) AS sent_ns
      FROM (${CLIENT_OPERATIONS}) JOIN spans USING (run_id)
      WHERE intended_ns < to_ns AND (intended_ns >= from_ns OR done_ns >= from_ns)
    )
    SELECT run_id, from_s, to_s, kind, any_value(seconds) AS seconds,
      count(*) FILTER (done AND outcome = 'ok') AS served, count(*) FILTER (due) AS offered,
      ${['ok', 'fail', 'unknown', 'dropped'].map((one) => `count(*) FILTER (due AND outcome = '${one}') AS ${one}`).join(', ')},
      count(*) FILTER (due AND due_ns <= 100000000) AS within_100ms,
      count(*) FILTER (due AND due_ns <= 1000000000) AS within_1s,
      ${quantile('due_ns', 0.5, 'due')} AS p50_due_ms, ${quantile('due_ns', 0.99, 'due')} AS p99_due_ms,
      ${quantile('sent_ns', 0.5, 'due AND sent')} AS p50_sent_ms,
      ${quantile('sent_ns', 0.99, 'due AND sent')} AS p99_sent_ms
    FROM operation GROUP BY run_id, from_s, to_s, kind`,
});

/** A wait that has no end: the largest BIGINT. */
function never(): string {
  return '9223372036854775807';
}

function quantile(column: string, share: number, among: string): string {
  return `nullif(quantile_disc(${column}, ${share}) FILTER (${among}), ${never()})::DOUBLE / 1e6`;
}
