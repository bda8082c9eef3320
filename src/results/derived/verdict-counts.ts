import { groupBy } from '../../common/group.js';
import type { Row } from '../../dataset/schema.js';
import { EXPECTED_MODEL } from '../../vocabulary/models.js';
import { RELEASES } from '../../vocabulary/releases.js';
import { compareWorkloads, isOfClient } from '../../vocabulary/workloads.js';
import { cached, MissingData } from '../core/query.js';
import { allRuns } from '../runs/all.js';

/** What is needed of a run to count its verdict. */
export type JudgedRun = Pick<
  Row<'runs'>,
  | 'debian_release'
  | 'scenario'
  | 'workload'
  | 'fault_confirmed'
  | 'consistency'
  | 'consistency_expected'
  | 'consistency_reason'
>;

/** The verdicts on the runs of one scenario, with one workload, on one release: each run is counted once. */
export interface VerdictCount {
  readonly release: string;
  readonly scenario: string;
  readonly workload: Row<'runs'>['workload'];
  /** The weakest model that is good enough; several are joined by a comma. */
  readonly expected: string;
  readonly runs: number;
  readonly valid: number;
  readonly invalid: number;
  readonly unknown: number;
  /** Valid or unknown, and no measurement shows that the fault took effect: it says nothing about the fault. */
  readonly untested: number;
  /** Without a history: the run failed. */
  readonly failed: number;
  /** What is wrong, or why nothing can be said: the anomalies' names, or the reasons. */
  readonly why: readonly string[];
}

/** The verdicts on all runs of the client, by release, scenario and workload. */
export function countVerdicts(runs: readonly JudgedRun[]): VerdictCount[] {
  const ofClient = runs.filter(({ workload }) => isOfClient(workload));
  const groups = groupBy(ofClient, (run) => [run.debian_release, run.scenario, run.workload].join('\n'));
  return [...groups.values()].map(counted).sort(inOrder);
}

/** The same of a dataset. @throws MissingData where it has no run of the client */
export const verdictCounts = cached(async (data) => {
  const counts = countVerdicts(await allRuns(data));
  if (counts.length === 0) throw new MissingData('no run of the client, whose history could be judged');
  return counts;
});

function counted(same: readonly JudgedRun[]): VerdictCount {
  const { debian_release, scenario, workload } = same[0]!;
  const kinds = groupBy(same, kindOf);
  const n = (kind: ReturnType<typeof kindOf>) => kinds.get(kind)?.length ?? 0;
  const why = same.flatMap(({ consistency, consistency_reason: reason }) =>
    reason === null || consistency === 'valid' ? [] : [consistency === 'invalid' ? nameIn(reason) : reason],
  );
  return {
    release: debian_release ?? 'not recorded',
    scenario,
    workload,
    expected: [...new Set(same.map((run) => run.consistency_expected ?? EXPECTED_MODEL))].join(', '),
    runs: same.length,
    valid: n('valid'),
    invalid: n('invalid'),
    unknown: n('unknown'),
    untested: n('untested'),
    failed: n('failed'),
    why: [...new Set(why)],
  };
}

function kindOf({ consistency, fault_confirmed }: JudgedRun) {
  if (consistency === null) return 'failed';
  // what was seen is wrong, whatever was done to the cluster
  return fault_confirmed === false && consistency !== 'invalid' ? 'untested' : consistency;
}

/** `stale read of 3: …` is a stale read. */
function nameIn(reason: string): string {
  return reason.split(/ of |:/)[0]!;
}

function inOrder(a: VerdictCount, b: VerdictCount): number {
  return (
    place(a.release) - place(b.release) ||
    (a.release < b.release ? -1 : a.release > b.release ? 1 : 0) ||
    (a.scenario < b.scenario ? -1 : a.scenario > b.scenario ? 1 : 0) ||
    compareWorkloads(a.workload, b.workload)
  );
}

function place(release: string): number {
  const at = (RELEASES as readonly string[]).indexOf(release);
  return at < 0 ? RELEASES.length : at;
}
