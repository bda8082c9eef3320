import type { EventName } from '../src/vocabulary/events.js';
import { DqliteClient } from './dqlite/client.js';
import { FAULTS } from './faults/index.js';
import { sleep, until } from './observe/clock.js';
import type { LeaderWatch } from './observe/leader-watch.js';
import type { PlannedFault } from './plan.js';
import type { Cluster, Node } from './runtimes/runtime.js';

/** How long a fault waits for a leader to hit. */
const LEADER_MS = 3000;
const LOOK_MS = 200;
const RECOVERY_MS = 20_000;

interface Setting {
  cluster: Cluster;
  watch: LeaderWatch;
  record: (event: EventName, node: Node | null, detail?: string | null, timeNs?: bigint) => void;
  signal: AbortSignal;
}

/** The time in which a fault is in force, from its preparation to its clean-up. */
export interface FaultWindow {
  readonly target: Node | null;
  /** Injects and lifts at the planned instants; `begun` and `end` of the workload in ms of Unix time. */
  open(begun: number, end: number): Promise<void>;
  /** Lifts what is still in force, and says what evidence there was. */
  close(): Promise<{
    target_node: string | null;
    fault_proven: boolean | null;
    fault_evidence: string | null;
  }>;
  /** Starts the target when it does not run, so that there is quorum again; whether it had to. */
  startAgain(): Promise<boolean>;
  cleanUp(): Promise<void>;
  cpuNs(): number;
}

/** Prepares a fault and gives its window; one that does nothing where there is no fault. */
export async function injectAsPlanned(fault: PlannedFault | null, setting: Setting): Promise<FaultWindow> {
  if (!fault) return noFault;
  const { cluster, watch, record, signal } = setting;
  const { prepare, ends } = FAULTS.get(fault.kind)!;
  const injection = await prepare({ cluster, severity: fault.severity ?? 0 });
  let target: Node | null = null;
  let evidence: string | null = null;
  let inForce = false;
  let following: Promise<unknown> = Promise.resolve();

  const inject = async () => {
    const leader = await until(() => watch.leader ?? undefined, { everyMs: 10, forMs: LEADER_MS, signal });
    target = chooseTarget(fault, cluster, leader ?? null);
    await injection.inject(target);
    inForce = true;
    record('fault_injected', target, fault.kind);
  };
  const prove = async (end: number) => {
    const forMs = end - Date.now();
    const found = await until(() => quietly(injection.evidence()), { everyMs: LOOK_MS, forMs, signal });
    if (found === undefined) return;
    evidence = found;
    record('fault_proven', target, found);
    if (ends && found.includes('exited')) record('node_exited', target, found);
  };
  const lift = async (why: string) => {
    inForce = false;
    // the limits of a node that the fault has killed went with it
    if (!ends && !(await cluster.state(target!)).running) return;
    await injection.lift();
    record('fault_lifted', target, why);
  };
  const recover = async () => {
    const ended = await until(() => quietly(injection.ended()), {
      everyMs: LOOK_MS,
      forMs: RECOVERY_MS,
      signal,
    });
    const answers =
      ended && (await until(() => knowsLeader(target!), { everyMs: 50, forMs: RECOVERY_MS, signal }));
    if (answers) record('recovered', target, `${ended}; it knows the leader`);
  };

  return {
    get target() {
      return target;
    },
    async open(begun, end) {
      await sleep(begun + fault.injectAtS * 1000 - Date.now(), signal);
      await inject();
      const liftAt = fault.liftAtS === null ? end : begun + fault.liftAtS * 1000;
      const proving = prove(liftAt);
      proving.catch(() => {});
      following = proving;
      if (fault.liftAtS === null) return;
      await sleep(liftAt - Date.now(), signal);
      await proving;
      await lift('as planned');
      following = recover();
      following.catch(() => {});
    },
    async close() {
      await following;
      if (inForce) await lift('end of the workload');
      return { target_node: target?.name ?? null, fault_proven: evidence !== null, fault_evidence: evidence };
    },
    async startAgain() {
      if (!target || (await cluster.state(target)).running) return false;
      await cluster.start(target);
      return true;
    },
    cleanUp: () => injection.cleanUp(),
    cpuNs: () => injection.cpuNs?.() ?? 0,
  };
}

/** Who is hit: whoever leads now, or the first follower that is not the driver. */
function chooseTarget(fault: PlannedFault, cluster: Cluster, leader: Node | null): Node {
  if (!leader) throw new Error('there was no leader when the fault was to be injected');
  const target =
    fault.target === 'leader'
      ? leader
      : cluster.nodes.find((node) => node !== leader && node !== cluster.driver);
  if (!target) throw new Error('there was no follower to hit when the fault was to be injected');
  if (target === cluster.driver && FAULTS.get(fault.kind)!.ends) {
    throw new Error(`the driver (${target.name}) had become the leader, which ${fault.kind} was to hit`);
  }
  return target;
}

async function knowsLeader(node: Node): Promise<true | undefined> {
  const client = new DqliteClient(node.address, 500);
  try {
    return (await client.leader()) ? true : undefined;
  } catch {
    return undefined;
  } finally {
    client.close();
  }
}

/** A look that fails (a node that is going away) has seen nothing. */
function quietly<T>(look: Promise<T | undefined>): Promise<T | undefined> {
  return look.catch(() => undefined);
}

const noFault: FaultWindow = {
  target: null,
  open: async () => {},
  close: async () => ({ target_node: null, fault_proven: null, fault_evidence: null }),
  startAgain: async () => false,
  cleanUp: async () => {},
  cpuNs: () => 0,
};
