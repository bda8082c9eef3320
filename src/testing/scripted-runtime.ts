import type { Surroundings } from '../../collect/run/surroundings.js';
import type { Capability, ClusterSpec, Runtime } from '../../collect/runtimes/parts/runtime.js';
import { FakeClock } from './fake-clock.js';
import { type Script, ScriptedCluster } from './scripted-cluster.js';

/** A runtime of scripted clusters; the n-th plays the n-th script, and those after the last play that. */
export class ScriptedRuntime implements Runtime {
  readonly name = 'process';
  readonly clock = new FakeClock();
  readonly clusters: ScriptedCluster[] = [];
  /** What it cannot do here, each with why. */
  lacking: Partial<Record<Capability, string>> = {};
  /** Calls of {@link removeLeftovers}. */
  cleanings = 0;
  private ups = 0;

  constructor(private readonly scripts: readonly (Script | Error)[]) {}

  async prepare() {
    return {
      dqlite_version: null,
      go_dqlite_version: null,
      image_id: null,
      docker_version: null,
      compose_version: null,
    };
  }

  async lacks(capability: Capability) {
    return this.lacking[capability];
  }

  async up(spec: ClusterSpec): Promise<ScriptedCluster> {
    const script = this.scripts[Math.min(this.ups++, this.scripts.length - 1)]!;
    if (script instanceof Error) throw script;
    const cluster = new ScriptedCluster(this.clock, spec, script);
    this.clusters.push(cluster);
    return cluster;
  }

  async removeLeftovers() {
    this.cleanings += 1;
    return [];
  }

  get cluster(): ScriptedCluster {
    return this.clusters.at(-1)!;
  }

  /** What a run sees of the cluster that is up. */
  get surroundings(): Surroundings {
    const now = () => this.cluster.surroundings();
    let asked: ScriptedCluster | undefined;
    let kept: Surroundings;
    const current = () => {
      if (asked !== this.cluster) [asked, kept] = [this.cluster, now()];
      return kept;
    };
    return {
      clock: this.clock,
      questions: {
        haveRoles: (nodes, roles) => current().questions.haveRoles(nodes, roles),
        clientStart: (cluster) => current().questions.clientStart(cluster),
        workloadHasBegun: (node) => current().questions.workloadHasBegun(node),
        countRows: (leader, driver) => current().questions.countRows(leader, driver),
        handOver: (cluster, leader, hit) => current().questions.handOver(cluster, leader, hit),
        knowsLeader: (node) => current().questions.knowsLeader(node),
      },
      membership: {
        leaderOf: (...args) => current().membership.leaderOf(...args),
        transfer: (...args) => current().membership.transfer(...args),
        remove: (...args) => current().membership.remove(...args),
        add: (...args) => current().membership.add(...args),
        isVoter: (...args) => current().membership.isVoter(...args),
      },
      watch: (...watching) => current().watch(...watching),
      hostCpu: () => current().hostCpu(),
      ownCpuNs: () => current().ownCpuNs(),
    };
  }
}
