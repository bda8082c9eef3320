import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../src/dataset/schema.js';
import type { EventName } from '../src/vocabulary/events.js';
import { countWrites, disagreement } from './acknowledged.js';
import { CAPTURE } from './capture/format.js';
import { toCsv } from './capture/write.js';
import { countRows, handOver, workloadHasBegun } from './dqlite/cluster-questions.js';
import { injectAsPlanned } from './fault-window.js';
import { clockSteps, nowNs, until, within } from './observe/clock.js';
import { hostCpu, otherFraction, ownCpuNs } from './observe/host-cpu.js';
import { LeaderWatch } from './observe/leader-watch.js';
import { Sampler } from './observe/sampler.js';
import type { PlannedRun } from './plan.js';
import { firstStartNs } from './results.js';
import type { Cluster, Node, Runtime } from './runtimes/runtime.js';

/** What a run found out: the columns of `runs` that are not known beforehand. */
export type Findings = Pick<
  Row<'runs'>,
  | 'target_node'
  | 'driver_node'
  | 'driver_role'
  | 'started_at'
  | 'status'
  | 'status_reason'
  | 'fault_proven'
  | 'fault_evidence'
  | 'acknowledged_writes'
  | 'rows_found'
  | 'other_cpu_fraction'
  | 'flags'
>;

type Event = Omit<Row<'events'>, 'run_id'>;

/** A run that did not end as planned, and why. It is kept, and tried again. */
export class RunFailed extends Error {
  override name = 'RunFailed';
}

const START_MS = 60_000;
const END_MS = 60_000;
const COUNT_MS = 30_000;
const CLOCK_STEP_MS = 50;
/** Above this share of the host's CPU, a run is marked. */
export const OTHER_CPU_LIMIT = 0.05;

/**
 * Makes one run and writes what it leaves into `folder`. A failure is a finding; only an abort by `signal`, or an
 * engine that is gone, is thrown. Without `observe` nobody is watched or sampled while the workload runs, which no
 * fault can do without: it is there to tell what observing costs.
 */
export async function makeRun(
  planned: PlannedRun,
  runtime: Runtime,
  folder: string,
  signal: AbortSignal,
  { observe = true } = {},
): Promise<Findings> {
  await mkdir(join(folder, CAPTURE.results), { recursive: true });
  await mkdir(join(folder, CAPTURE.logs), { recursive: true });
  const events: Event[] = [];
  const record = (event: EventName, node: Node | null, detail: string | null = null, time_ns = nowNs()) => {
    events.push({ time_ns, event, node: node?.name ?? null, detail });
  };
  const driver = planned.driverRole === 'leader' ? 'raft1' : 'raft2';
  const findings: Findings = {
    target_node: null,
    driver_node: driver,
    driver_role: planned.driverRole,
    started_at: null,
    status: 'complete',
    status_reason: null,
    fault_proven: planned.fault ? false : null,
    fault_evidence: null,
    acknowledged_writes: null,
    rows_found: null,
    other_cpu_fraction: null,
    flags: null,
  };
  const cluster = await runtime.up({ ...planned, driver });
  const watch = new LeaderWatch(cluster.nodes, (leader) =>
    record('leader_changed', leader, leader ? null : 'no leader'),
  );
  const sampler = new Sampler(cluster);
  if (observe) {
    watch.begin();
    sampler.begin();
  }
  try {
    await experiment({ planned, cluster, watch, sampler, folder, record, events, findings, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    findings.status = 'failed';
    findings.status_reason = error instanceof Error ? error.message : String(error);
  } finally {
    watch.end();
    sampler.end();
    await keepLogs(cluster, folder).catch(() => {});
    await cluster.down();
  }
  events.sort((a, b) => (a.time_ns < b.time_ns ? -1 : a.time_ns > b.time_ns ? 1 : 0));
  await writeFile(join(folder, CAPTURE.events), toCsv('events', events));
  await writeFile(join(folder, CAPTURE.samples), toCsv('samples', sampler.samples));
  return findings;
}

interface Experiment {
  planned: PlannedRun;
  cluster: Cluster;
  watch: LeaderWatch;
  sampler: Sampler;
  folder: string;
  record: (event: EventName, node: Node | null, detail?: string | null, timeNs?: bigint) => void;
  events: Event[];
  findings: Findings;
  signal: AbortSignal;
}

async function experiment(setting: Experiment): Promise<void> {
  const { planned, cluster, watch, sampler, folder, record, events, findings, signal } = setting;
  const window = await injectAsPlanned(planned.fault, { cluster, watch, record, signal });
  try {
    const stepped = clockSteps();
    const begun = await workloadBegins(cluster, signal);
    const cpuBefore = hostCpu();
    const ownBefore = ownCpuNs();
    const nodesBefore = sampler.cpuNs();
    findings.started_at = new Date(begun).toISOString();
    findings.driver_role = watch.leader === cluster.driver ? 'leader' : 'follower';
    record('workload_started', cluster.driver, null, BigInt(begun) * 1_000_000n);

    const end = begun + planned.durationS * 1000;
    await window.open(begun, end);
    await within(end - Date.now(), cluster.driverExit, signal);
    watch.begin();
    findings.other_cpu_fraction = otherFraction(
      cpuBefore,
      hostCpu(),
      sampler.cpuNs() - nodesBefore + window.cpuNs() + ownCpuNs() - ownBefore,
    );
    // at once: the driver's process is about to end, and the others would take seconds to elect a leader
    await handOver(cluster, watch.leader, window.target).catch(() => {});
    Object.assign(findings, await window.close());
    if (await window.startAgain()) record('node_started', window.target);

    await driverEnds(cluster, findings, signal);
    record('workload_ended', cluster.driver);
    const results = join(folder, CAPTURE.results);
    await cluster.copyResults(results);
    if ((await readdir(results)).length === 0) throw new RunFailed('the driver left no results');
    const startNs = await firstStartNs(results);
    if (startNs !== undefined) correctTimes(events, startNs, planned);
    if (Math.abs(stepped()) > CLOCK_STEP_MS) {
      throw new RunFailed(`the system's clock was set by ${stepped().toFixed(0)} ms during the run`);
    }
    await compareWrites(setting, results);
  } finally {
    await window.cleanUp();
  }
}

/** When the first write was seen, in ms of Unix time. The first node forms the cluster, so it is the leader then. */
async function workloadBegins(cluster: Cluster, signal: AbortSignal): Promise<number> {
  let exited: number | undefined;
  cluster.driverExit.then(
    (code) => {
      exited = code;
    },
    () => {}, // the engine's failure shows in the next call to it
  );
  const begun = await until(
    async () => {
      if (exited !== undefined) throw new RunFailed(await lastWords(cluster, exited));
      return (await workloadHasBegun(cluster.nodes[0]!)) ? Date.now() : undefined;
    },
    { everyMs: 15, forMs: START_MS, signal },
  );
  if (begun === undefined) {
    throw new RunFailed(
      `the workload did not start within ${START_MS / 1000} s: a node did not join; logs/ has what each one said`,
    );
  }
  return begun;
}

async function driverEnds(cluster: Cluster, findings: Findings, signal: AbortSignal): Promise<void> {
  const code = await within(END_MS, cluster.driverExit, signal);
  if (code === undefined) throw new RunFailed(`the driver did not end within ${END_MS / 1000} s of its time`);
  if (code === 0) return;
  const { killedForMemory } = await cluster.state(cluster.driver);
  if (killedForMemory) findings.flags = 'driver_killed_for_memory';
  throw new RunFailed(
    killedForMemory
      ? `the driver (${cluster.driver.name}) was killed for memory`
      : await lastWords(cluster, code),
  );
}

async function lastWords(cluster: Cluster, code: number): Promise<string> {
  const lines = (await cluster.log(cluster.driver)).trim().split('\n');
  const error = lines.find((line) => /Error|error|panic/.test(line)) ?? lines.at(-1) ?? 'nothing';
  return `the driver (${cluster.driver.name}) ended with ${code}, its log says: ${error}`;
}

/** Sets the start of the workload, and what was planned from it, to what the operations say. */
function correctTimes(events: Event[], startNs: bigint, { fault }: PlannedRun): void {
  const started = events.find(({ event }) => event === 'workload_started');
  if (started) started.time_ns = startNs;
  const plan = (detail: string, atS: number) => {
    const time_ns = startNs + BigInt(Math.round(atS * 1e9));
    events.push({ time_ns, event: 'fault_planned', node: null, detail });
  };
  if (fault) plan('inject', fault.injectAtS);
  if (fault?.liftAtS) plan('lift', fault.liftAtS);
}

async function compareWrites({ cluster, watch, record, findings, signal }: Experiment, results: string) {
  const counts = await countWrites(results);
  findings.acknowledged_writes = counts.acknowledged;
  let rows: number | undefined;
  // a new leader may not have applied every entry yet, so too few rows are counted again
  await until(
    async () => {
      rows = (await countRows(watch.leader, cluster.driver)) ?? rows;
      return rows !== undefined && rows >= counts.acknowledged ? rows : undefined;
    },
    { everyMs: 50, forMs: COUNT_MS, signal },
  );
  if (rows === undefined)
    throw new RunFailed('no leader answered after the run: the rows could not be counted');
  record('count_taken', watch.leader, `${rows} rows`);
  findings.rows_found = rows;
  const doubts = [
    disagreement(counts, rows) && 'writes_disagree',
    (findings.other_cpu_fraction ?? 0) > OTHER_CPU_LIMIT && 'other_cpu',
  ].filter(Boolean);
  findings.flags = doubts.join(';') || null;
}

async function keepLogs(cluster: Cluster, folder: string): Promise<void> {
  for (const node of cluster.nodes) {
    await writeFile(join(folder, CAPTURE.logs, `${node.name}.log`), await cluster.log(node));
  }
}
