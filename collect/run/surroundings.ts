import {
  clientStart,
  countRows,
  handOver,
  haveRoles,
  knowsLeader,
  workloadHasBegun,
} from '../dqlite/cluster-questions.js';
import { type Membership, membership } from '../dqlite/membership.js';
import { type Clock, systemClock } from '../observe/clock.js';
import { hostCpu, ownCpuNs } from '../observe/host-cpu.js';
import { LeaderWatch } from '../observe/leader-watch.js';
import type { Node } from '../runtimes/parts/runtime.js';
import type { Broken } from '../worldly-reason.js';

/** What a run sees besides its cluster: the time, what nodes answer, the CPU of the host. Tests have their own. */
export interface Surroundings {
  readonly clock: Clock;
  readonly questions: {
    haveRoles: typeof haveRoles;
    clientStart: typeof clientStart;
    workloadHasBegun: typeof workloadHasBegun;
    countRows: typeof countRows;
    handOver: typeof handOver;
    knowsLeader: typeof knowsLeader;
  };
  readonly membership: Membership;
  /** Tells of every change of the leader, once it has begun. */
  watch(
    nodes: readonly Node[],
    changed: (leader: Node | null) => void,
    broken: Broken,
  ): { begin(): void; end(): void };
  hostCpu(): ReturnType<typeof hostCpu>;
  ownCpuNs: typeof ownCpuNs;
}

export const realSurroundings: Surroundings = {
  clock: systemClock,
  questions: { haveRoles, clientStart, workloadHasBegun, countRows, handOver, knowsLeader },
  membership,
  watch: (nodes, changed, broken) => new LeaderWatch(nodes, changed, broken),
  hostCpu: () => hostCpu(),
  ownCpuNs,
};
