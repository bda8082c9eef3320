import { NO_FAULT } from '../../vocabulary/faults.js';
import { DEFAULT_RUNTIME, type RuntimeName } from '../../vocabulary/runtimes.js';
import { WORKLOAD_2022, type WorkloadName } from '../../vocabulary/workloads.js';
import { cached, MissingData } from './query.js';

/** The runtime that is drawn: figures never mix two, so it is the default one where a dataset has it. */
const RUNTIME = `(SELECT runtime FROM runs WHERE status = 'complete' ORDER BY runtime = '${DEFAULT_RUNTIME}' DESC LIMIT 1)`;

/**
 * Whether the fault of a run was confirmed, where it had one. Results of another origin have no evidence to show, so
 * for them its absence does not count.
 */
export const CONFIRMED = `(fault = '${NO_FAULT}' OR fault_confirmed OR (source = 'imported' AND fault_confirmed IS NULL))`;

/** Whether a run stands for itself: an attempt that was made again does not. */
export const FINAL = 'repeated IS NOT TRUE';

/** The runs that may be drawn: complete, of one runtime, and with a fault, if any, that was confirmed. */
export const USABLE = `status = 'complete' AND ${FINAL} AND runtime = ${RUNTIME} AND ${CONFIRMED}`;

/** Those of 2022's benchmark, whose figures count operations; the client has figures of its own. */
export const OF_BENCHMARK = `${USABLE} AND driver_role <> 'client'`;

/** What must be equal for two runs to be compared. */
export const COMPARABLE = ['campaign', 'source', 'runtime', 'workload', 'debian_release'] as const;

/** Runs that may be compared with each other. */
export interface Setting {
  campaign: string;
  source: string;
  runtime: RuntimeName;
  workload: WorkloadName;
  debian_release: string | null;
  /** In words, the complete runs that are left out because their runtime is another one; null where none are. */
  other_runtime?: string | null;
}

/**
 * The setting that the figures of single numbers are drawn from: figures never mix two. It is the one with the 2022
 * workload, where there is one, and then the most configurations and runs.
 */
export const mainSetting = cached(async (data): Promise<Setting> => {
  const [setting] = await data.query<Setting>(
    `SELECT ${COMPARABLE.join(', ')}, (
       SELECT format('{} runs in the {} runtime', count(*), any_value(runtime)) FROM runs
       WHERE status = 'complete' AND runtime <> ${RUNTIME} HAVING count(*) > 0
     ) AS other_runtime
     FROM runs WHERE ${OF_BENCHMARK} GROUP BY ${COMPARABLE.join(', ')}
     ORDER BY workload = '${WORKLOAD_2022}' DESC, count(DISTINCT (scenario, severity, workers)) DESC, count(*) DESC,
       campaign DESC, debian_release DESC
     LIMIT 1`,
  );
  if (!setting) throw new MissingData('no complete run of 2022’s benchmark');
  return setting;
});

/** The setting in a caption's words. */
export function settingWords(setting: Setting): string {
  return `${origin(setting)}, workload ${setting.workload}${left(setting)}`;
}

/** The same without the workload, for figures that show several. */
export function placeWords(setting: Setting): string {
  return `${origin(setting)}${left(setting)}`;
}

function origin({ campaign, source, runtime, debian_release: release }: Setting): string {
  const where = source === 'imported' ? 'imported results' : `${runtime} runtime`;
  return `campaign ${campaign}, ${where}${release ? `, Debian ${release}` : ''}`;
}

function left({ other_runtime }: Setting): string {
  return other_runtime ? `; left out are ${other_runtime}` : '';
}

/**
 * SQL for a table of run_id and start_ns, when each run's workload started: its event, or its first operation where
 * there is no event.
 */
export const STARTS = `(
  SELECT run_id, min(time_ns) AS start_ns FROM events WHERE event = 'workload_started' GROUP BY run_id
  UNION ALL
  SELECT run_id, min(start_ns) AS start_ns FROM operations
  WHERE run_id IN (
    SELECT run_id FROM runs WHERE run_id NOT IN (SELECT run_id FROM events WHERE event = 'workload_started')
  ) GROUP BY run_id
)`;
