import { closest, UserError } from '../../common/errors.js';
import { severityRank } from '../../vocabulary/faults.js';
import { among, listed, MissingData, type Queryable } from '../core/query.js';
import { mainSetting, USABLE } from '../core/setting.js';

/** A run to look at by itself. Seconds are from the start of its workload. */
export interface OneRun {
  run_id: string;
  campaign: string;
  scenario: string;
  fault: string;
  target_role: string;
  target_node: string | null;
  severity: number | null;
  severity_unit: string | null;
  workers: number;
  duration_s: number;
  trial: number;
  debian_release: string | null;
  dqlite_version: string | null;
  status: string;
  /** Start of the workload: Unix time in ns, as text, since it is beyond 2^53. */
  start_ns: string;
  /** When the fault was there; null where there was none. It ends with the run where it was never lifted. */
  window: { from_s: number; to_s: number } | null;
  marks: Mark[];
}

/** Something that happened at an instant. */
export interface Mark {
  time_s: number;
  event: string;
  node: string | null;
  detail: string | null;
}

const COLUMNS = `run_id, campaign, scenario, fault, target_role, target_node, severity, severity_unit, workers, duration_s,
  trial, debian_release, dqlite_version, status, inject_at_s, lift_at_s`;

/** The run of this name, whatever its status; a UserError where the dataset has none. */
export async function runByName(data: Queryable, name: string): Promise<OneRun> {
  const [row] = await data.query<Row>(`SELECT ${COLUMNS} FROM runs WHERE run_id = $name`, { name });
  if (!row) {
    const runs = await data.query<{ run_id: string }>('SELECT run_id FROM runs ORDER BY run_id');
    const near = closest(
      name,
      runs.map((one) => one.run_id),
    );
    throw new UserError(
      `unknown run: ${name}${near ? ` (did you mean ${near}?)` : ''}\nThe dataset has ${runs.length} runs; "npm run summary -- --data DIR" names them`,
    );
  }
  return complete(data, row);
}

/**
 * A usable run with one of these faults on this role, the first fault that there is: in the main setting where it has
 * one, the hardest severity, and of its trials the first, so that none is picked for its looks.
 */
export async function typicalRun(data: Queryable, faults: readonly string[], role: string): Promise<OneRun> {
  const { campaign, debian_release } = await mainSetting(data);
  const rows = await data.query<Row>(
    `SELECT ${COLUMNS} FROM runs
     WHERE ${USABLE} AND target_role = $role AND ${among('fault', 'faults')} AND run_id IN (SELECT run_id FROM operations)
     ORDER BY trial, run_id`,
    { role, faults: listed(faults) },
  );
  const [row] = rows.sort(
    (a, b) =>
      Number(b.campaign === campaign) - Number(a.campaign === campaign) ||
      faults.indexOf(a.fault) - faults.indexOf(b.fault) ||
      Number(b.debian_release === debian_release) - Number(a.debian_release === debian_release) ||
      severityRank(b.fault, b.severity) - severityRank(a.fault, a.severity),
  );
  if (!row) throw new MissingData(`no usable run with ${faults.join(' or ')} on the ${role}`);
  return complete(data, row);
}

type Row = Omit<OneRun, 'start_ns' | 'window' | 'marks'> & {
  inject_at_s: number | null;
  lift_at_s: number | null;
};

async function complete(data: Queryable, { inject_at_s, lift_at_s, ...run }: Row): Promise<OneRun> {
  const named = { run: run.run_id };
  const [start] = await data.query<{ start_ns: string | null }>(
    `SELECT coalesce((SELECT min(time_ns) FROM events WHERE run_id = $run AND event = 'workload_started'),
       (SELECT min(start_ns) FROM operations WHERE run_id = $run))::VARCHAR AS start_ns`,
    named,
  );
  if (!start?.start_ns) throw new MissingData(`run ${run.run_id} has no operations`);
  await requireOperations(data, run.run_id);
  const marks = await data.query<Mark>(
    `SELECT (time_ns - $start::BIGINT)::DOUBLE / 1e9 AS time_s, event, node, detail FROM events
     WHERE run_id = $run ORDER BY time_ns, event, node`,
    { ...named, start: start.start_ns },
  );
  const at = (event: string) => marks.find((mark) => mark.event === event)?.time_s;
  const from_s = at('fault_injected') ?? inject_at_s;
  const to_s = Math.min(at('fault_lifted') ?? lift_at_s ?? run.duration_s, run.duration_s);
  const window = run.fault === 'none' || from_s == null ? null : { from_s: Math.max(0, from_s), to_s };
  return { ...run, start_ns: start.start_ns, window, marks };
}

async function requireOperations(data: Queryable, run: string): Promise<void> {
  const [found] = await data.query<{ here: boolean; counted: boolean }>(
    `SELECT $run IN (SELECT run_id FROM operations) AS here, $run IN (SELECT run_id FROM outcomes) AS counted`,
    { run },
  );
  if (found!.here) return;
  throw new MissingData(
    found!.counted
      ? `the operations of run ${run} were left out of this dataset`
      : `run ${run} has no operations`,
  );
}
