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

/** What a figure of a run is made of: operations of 2022’s benchmark alone, whatever made the load, or no operations. */
export type Load = 'benchmark' | 'any' | 'none';

/** The run of this name, whatever its status; a UserError where the dataset has none. */
export async function runByName(data: Queryable, name: string, load: Load = 'benchmark'): Promise<OneRun> {
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
  return complete(data, row, load);
}

/**
 * A usable run with one of these faults on this role, the first fault that there is: in the main setting where it has
 * one, the hardest severity, and of its trials the first, so that none is picked for its looks.
 */
export async function typicalRun(
  data: Queryable,
  faults: readonly string[],
  role: string,
  load: Load = 'benchmark',
): Promise<OneRun> {
  const { campaign, debian_release } = await settingFor(data, load);
  const rows = await data.query<Row>(
    `SELECT ${COLUMNS} FROM runs WHERE ${USABLE} AND target_role = $role AND ${among('fault', 'faults')}
     ORDER BY trial, run_id`,
    { role, faults: listed(faults) },
  );
  rows.sort(
    (a, b) =>
      Number(b.campaign === campaign) - Number(a.campaign === campaign) ||
      faults.indexOf(a.fault) - faults.indexOf(b.fault) ||
      Number(b.debian_release === debian_release) - Number(a.debian_release === debian_release) ||
      severityRank(b.fault, b.severity) - severityRank(a.fault, a.severity),
  );
  for (const row of rows) if (await hasLoad(data, row.run_id, load)) return complete(data, row, load);
  throw new MissingData(`no usable run with ${faults.join(' or ')} on the ${role}`);
}

type Row = Omit<OneRun, 'start_ns' | 'window' | 'marks'> & {
  inject_at_s: number | null;
  lift_at_s: number | null;
};

async function complete(
  data: Queryable,
  { inject_at_s, lift_at_s, ...run }: Row,
  load: Load,
): Promise<OneRun> {
  const named = { run: run.run_id };
  const here = await hasLoad(data, run.run_id, load);
  const [start] = await data.query<{ start_ns: string | null }>(
    `SELECT min(time_ns)::VARCHAR AS start_ns FROM events WHERE run_id = $run AND event = 'workload_started'`,
    named,
  );
  const start_ns = start!.start_ns ?? (here ? await firstOperation(data, run.run_id) : null);
  if (!here || start_ns === null) throw await missing(data, run.run_id);
  const marks = await data.query<Mark>(
    `SELECT (time_ns - $start::BIGINT)::DOUBLE / 1e9 AS time_s, event, node, detail FROM events
     WHERE run_id = $run ORDER BY time_ns, event, node`,
    { ...named, start: start_ns },
  );
  const at = (event: string) => marks.find((mark) => mark.event === event)?.time_s;
  const from_s = at('fault_injected') ?? inject_at_s;
  const to_s = Math.min(at('fault_lifted') ?? lift_at_s ?? run.duration_s, run.duration_s);
  const window = run.fault === 'none' || from_s == null ? null : { from_s: Math.max(0, from_s), to_s };
  return { ...run, start_ns, window, marks };
}

/** The main setting; of a dataset with the client alone, where any load will do, nothing is preferred. */
async function settingFor(data: Queryable, load: Load) {
  try {
    return await mainSetting(data);
  } catch (error) {
    if (load === 'benchmark' || !(error instanceof MissingData)) throw error;
    return { campaign: null, debian_release: null };
  }
}

/** Stops at the first that is found: a dataset may have very many. */
async function hasLoad(data: Queryable, run: string, load: Load): Promise<boolean> {
  if (load === 'none') return true;
  const tables = load === 'benchmark' ? ['operations'] : ['operations', 'attempts'];
  const any = tables.map((table) => `EXISTS (SELECT 1 FROM ${table} WHERE run_id = $run)`).join(' OR ');
  const [found] = await data.query<{ here: boolean }>(`SELECT (${any}) AS here`, { run });
  return found!.here;
}

async function firstOperation(data: Queryable, run: string): Promise<string | null> {
  const [first] = await data.query<{ start_ns: string | null }>(
    'SELECT min(start_ns)::VARCHAR AS start_ns FROM operations WHERE run_id = $run',
    { run },
  );
  return first!.start_ns;
}

async function missing(data: Queryable, run: string): Promise<MissingData> {
  const [found] = await data.query<{ counted: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM outcomes WHERE run_id = $run) AS counted',
    { run },
  );
  return new MissingData(
    found!.counted
      ? `the operations of run ${run} were left out of this dataset`
      : `run ${run} has no operations`,
  );
}
