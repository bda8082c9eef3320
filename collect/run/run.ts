import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../../src/dataset/schema.js';
import { clockWords } from '../../src/vocabulary/clock-words.js';
import { CAPTURE } from '../capture/format.js';
import { toCsv } from '../capture/write.js';
import { MECHANICS } from '../faults/index.js';
import type { Injection } from '../faults/parts/fault.js';
import type { Load } from '../load/config.js';
import { DEFAULT_VOLUME_MB, nodeNames, rolesOf } from '../load/node-roles.js';
import { clockSteps } from '../observe/clock.js';
import { otherFraction } from '../observe/host-cpu.js';
import { Sampler } from '../observe/sampler.js';
import type { PlannedRun } from '../plan.js';
import { CLIENT, type Cluster, type Node, type Runtime } from '../runtimes/parts/runtime.js';
import { worldlyReason } from '../worldly-reason.js';
import { type Findings, findingsOf } from './findings.js';
import { happened } from './moves.js';
import { prepareFaults } from './prepare-faults.js';
import { Shell } from './shell.js';
import { prepared, type RunEvent, type RunPlan, type RunState } from './state.js';
import { realSurroundings, type Surroundings } from './surroundings.js';

export interface RunOptions {
  /**
   * Whether nodes are watched and sampled while the workload runs, which no fault can do without. Default: true; false
   * tells what observing costs.
   */
  observe?: boolean;
  surroundings?: Surroundings;
  /** What the client does. Default: there is none, and 2022's benchmark plays. */
  load?: Load | null;
}

/**
 * Makes one run and writes what it leaves into `folder`. A failure is a finding; only an abort by `signal`, or an error of
 * the code's own, is thrown.
 */
export async function makeRun(
  planned: PlannedRun,
  runtime: Runtime,
  folder: string,
  signal: AbortSignal,
  { observe = true, surroundings = realSurroundings, load = null }: RunOptions = {},
): Promise<Findings> {
  await mkdir(join(folder, CAPTURE.results), { recursive: true });
  await mkdir(join(folder, CAPTURE.logs), { recursive: true });
  const settings = planned.nodeSettings ?? {};
  const nodes = nodeNames(settings);
  const driver = { leader: nodes[0]!, follower: nodes[1]!, client: CLIENT }[planned.driverRole];
  const plan: RunPlan = {
    nodes,
    roles: rolesOf(settings),
    driver,
    durationS: planned.durationS,
    faults: planned.faults,
  };
  let cluster: Cluster;
  try {
    const volumeMB =
      settings.volume_MB ??
      (planned.faults.some(({ kind }) => MECHANICS[kind].needs.includes('volumes'))
        ? DEFAULT_VOLUME_MB
        : null);
    cluster = await runtime.up({ ...planned, driver, load, volumeMB });
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = { kind: 'engine_failed' as const, reason: worldlyReason(error) };
    const state: RunState = { ...prepared(plan, surroundings.clock.nowMs()), phase: 'failed', failure };
    await keep(folder, [], [], []);
    return findingsOf(state, planned.driverRole, null);
  }
  const events: RunEvent[] = [];
  const sampler = new Sampler(cluster);
  let findings: Findings;
  try {
    findings = await experiment({
      planned,
      plan,
      cluster,
      folder,
      sampler,
      events,
      signal,
      observe,
      surroundings,
    });
    await keepLogs(cluster, folder);
  } finally {
    sampler.end();
    await takenDown(cluster, signal);
  }
  await keep(folder, events, findings.evidence, sampler.samples);
  return findings;
}

interface Experiment {
  planned: PlannedRun;
  plan: RunPlan;
  cluster: Cluster;
  folder: string;
  sampler: Sampler;
  events: RunEvent[];
  signal: AbortSignal;
  observe: boolean;
  surroundings: Surroundings;
}

async function experiment(setting: Experiment): Promise<Findings> {
  const { planned, plan, cluster, folder, sampler, events, signal, observe, surroundings } = setting;
  const { clock } = surroundings;
  const injections: Injection[] = [];
  const stepped = clockSteps(clock);
  const ofFaults = async () => {
    let sum = 0;
    for (const injection of new Set(injections)) sum += (await injection.cpuNs?.()) ?? 0;
    return sum;
  };
  const use = cpuUse(surroundings, cluster, sampler, ofFaults);
  let watch: ReturnType<Surroundings['watch']> | undefined;
  try {
    const { membership } = surroundings;
    await prepareFaults(planned.faults, { cluster, membership, release: planned.release }, injections);
    const shell: Shell = new Shell({
      plan,
      cluster,
      injections,
      surroundings,
      signal,
      results: join(folder, CAPTURE.results),
      record: (event) => events.push(event),
      entered: ({ phase }) => {
        if (phase === 'workload') use.begin();
        if (phase === 'ending') {
          use.end();
          watch?.begin(); // rows are counted on whoever leads then
          shell.observe({ see: 'clock_set', byMs: stepped(), at: clock.nowMs() });
        }
      },
    });
    watch = surroundings.watch(
      cluster.nodes,
      (leader) => shell.observe({ see: 'leader', node: leader?.name ?? null, at: clock.nowMs() }),
      (error) => shell.broke(error),
    );
    if (observe) {
      watch.begin();
      sampler.begin((error) => shell.broke(error));
    }
    const ended = await shell.run();
    events.push(...clocksSeen(cluster, clock.nowMs()));
    return findingsOf(withLoss(ended, cluster), planned.driverRole, await use.otherFraction());
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = { kind: 'engine_failed' as const, reason: worldlyReason(error) };
    const state: RunState = { ...prepared(plan, clock.nowMs()), phase: 'failed', failure };
    return findingsOf(state, planned.driverRole, null);
  } finally {
    watch?.end();
    for (const injection of new Set(injections)) await injection.cleanUp().catch(worldlyReason);
  }
}

/** How the clocks of other hosts stood at the end; the times in a capture are all of the clock here. */
function clocksSeen(cluster: Cluster, at: number): RunEvent[] {
  return (cluster.clocks?.() ?? []).map(({ node, offsetNs, errorNs }) =>
    happened(at, 'clock_measured', node, clockWords(offsetNs, errorNs)),
  );
}

/** Whatever could not be done when what the nodes run in was lost, that it was is why. */
function withLoss(state: RunState, cluster: Cluster): RunState {
  const reason = cluster.lost?.();
  if (state.phase !== 'failed' || !reason) return state;
  return { ...state, failure: { kind: 'engine_failed', reason } };
}

/** The share of the host's CPU that others used during the workload. */
function cpuUse(
  { hostCpu, ownCpuNs }: Surroundings,
  cluster: Cluster,
  sampler: Sampler,
  faultNs: () => Promise<number>,
) {
  const look = async () => ({
    // the collector uses none of other hosts'
    host: cluster.hostCpu ? await cluster.hostCpu() : hostCpu(),
    ownNs: cluster.hostCpu ? 0 : ownCpuNs(),
    nodesNs: await sampler.cpuNs(),
    faultNs: await faultNs(),
  });
  let [first, last]: Promise<Awaited<ReturnType<typeof look>>>[] = [];
  return {
    begin() {
      first = look();
      first.catch(() => {}); // whoever asks for the share is told
    },
    end() {
      last = look();
      last.catch(() => {});
    },
    async otherFraction(): Promise<number | null> {
      if (!first || !last) return null;
      let a: Awaited<typeof first>;
      let b: Awaited<typeof last>;
      try {
        [a, b] = [await first, await last];
      } catch (error) {
        worldlyReason(error); // what nodes run in did not answer then, so nobody knows the share
        return null;
      }
      const experimentNs = b.nodesNs - a.nodesNs + b.faultNs - a.faultNs + b.ownNs - a.ownNs;
      return otherFraction(a.host, b.host, experimentNs);
    },
  };
}

/** A cluster that cannot be taken down is left to the next campaign, which removes leftovers; what was measured counts. */
async function takenDown(cluster: Cluster, signal: AbortSignal): Promise<void> {
  try {
    await cluster.down();
  } catch (error) {
    if (!signal.aborted) worldlyReason(error);
  }
}

async function keep(
  folder: string,
  events: readonly RunEvent[],
  evidence: Findings['evidence'],
  samples: readonly object[],
): Promise<void> {
  const rows = events
    .map(
      ({ at, event, fault_no, node, detail }): Omit<Row<'events'>, 'run_id'> => ({
        // rounded up: an operation that is stamped later than an event was started after it
        time_ns: BigInt(at + 1) * 1_000_000n,
        event,
        fault_no,
        node,
        detail,
      }),
    )
    .sort((a, b) => Number(a.time_ns - b.time_ns));
  await writeFile(join(folder, CAPTURE.events), toCsv('events', rows));
  await writeFile(join(folder, CAPTURE.evidence), toCsv('evidence', evidence));
  await writeFile(join(folder, CAPTURE.samples), toCsv('samples', samples));
}

async function keepLogs(cluster: Cluster, folder: string): Promise<void> {
  const logged = cluster.startClient ? [...cluster.nodes, cluster.driver] : cluster.nodes;
  const keepLog = async (node: Node) => {
    const text = await cluster
      .log(node)
      .catch((error) => `the log cannot be read: ${worldlyReason(error)}\n`);
    await writeFile(join(folder, CAPTURE.logs, `${node.name}.log`), text);
  };
  await Promise.all(logged.map(keepLog));
}
