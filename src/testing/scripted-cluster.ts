import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeNames, startedFirst } from '../../collect/load/node-roles.js';
import type { Surroundings } from '../../collect/run/surroundings.js';
import {
  type Burners,
  CLIENT,
  type Cluster,
  type ClusterSpec,
  type EndingSignal,
  type Node,
  type NodeUsage,
} from '../../collect/runtimes/parts/runtime.js';
import type { FakeClock } from './fake-clock.js';
import { LIMITS, ScriptedNode } from './scripted-node.js';

/** What a scripted cluster does by itself. Instants are ms from the start of the workload. */
export interface Script {
  /** When the first write succeeds, after the cluster is up; null is never. Default: 200. */
  beginsAfterMs?: number | null;
  /** How the driver ends. Default: with 0 when its time is over; null is never. */
  driver?: { afterMs?: number; code?: number; killedForMemory?: boolean } | null;
  /** Who leads at first. Default: raft1; null is nobody. */
  leader?: string | null;
  /** When it is first seen to lead. Default: at once. */
  leaderSeenAfterMs?: number;
  /** Whether a leader that is lost is followed by another. Default: true. */
  elects?: boolean;
  /** Answers to counting, the last again and again. Default: 100; undefined is no answer. */
  rows?: readonly (number | undefined)[];
  /** Whether faults take effect. Default: true. */
  effective?: boolean;
  /** Whether a node that is started again runs. Default: true. */
  restarts?: boolean;
  log?: string;
  /** Whether the driver leaves results. Default: true. */
  results?: boolean;
  /** Share of the host's CPU that others use. Default: 0. */
  others?: number;
  /** Why what the nodes run in is lost. Default: it is not. */
  lost?: string;
  /** Parts of the engine that fail, each with its error. */
  failing?: Partial<Record<keyof Cluster, Error>>;
  /** What happens besides. */
  at?: readonly [ms: number, happening: (cluster: ScriptedCluster) => void][];
}

/** A cluster of nodes that are not there, whose time is that of a fake clock. */
export class ScriptedCluster implements Cluster {
  readonly nodes: ScriptedNode[];
  readonly driver: Node;
  /** Where the script's run has a client, which is none of the nodes. */
  private readonly client: ScriptedNode | null;
  readonly startClient?: () => Promise<void>;
  readonly driverExit: Promise<number>;
  readonly script: Script;
  /** What it was told, such as `freeze raft1 true`. */
  readonly told: string[] = [];
  begun = false;
  isDown = false;
  burnersLeft = 0;
  /** Of dqlite, as nodes that start say it. */
  private release = 1;
  /** Shells in nodes' networks that were asked for. */
  openedShells = 0;
  /** What was asked of it although it was down. */
  readonly askedWhenDown: string[] = [];
  leaderChanged: (leader: Node | null) => void = () => {};
  private current: ScriptedNode | null = null;
  private counted = 0;
  private readonly burners: { one: ScriptedNode; count: number }[] = [];
  private exit!: (code: number) => void;

  constructor(
    readonly clock: FakeClock,
    readonly spec: ClusterSpec,
    script: Script,
  ) {
    this.script = { ...script, failing: { ...script.failing } };
    this.nodes = nodeNames(spec.nodeSettings).map(
      (name, i) => new ScriptedNode(name, { host: '127.0.0.1', port: 9001 + i }, clock),
    );
    this.client = spec.driver === CLIENT ? new ScriptedNode(CLIENT, { host: CLIENT, port: 0 }, clock) : null;
    if (this.client) this.startClient = async () => {};
    this.driver = this.node(spec.driver);
    this.driverExit = new Promise((resolve) => {
      this.exit = resolve;
    });
    for (const node of this.nodes) node.effective = script.effective ?? true;
    for (const node of this.nodes.slice(startedFirst(this.nodes, spec.nodeSettings).length))
      node.votes = false;
    this.play();
  }

  node(name: string): ScriptedNode {
    return [...this.nodes, this.client].find((node) => node?.name === name)!;
  }

  get leader(): ScriptedNode | null {
    return this.current;
  }

  /** Makes a node lead, or nobody. */
  lead(name: string | null): void {
    this.current = name === null ? null : this.node(name);
    this.leaderChanged(this.current);
  }

  /** The engine fails from now on. */
  lose(...parts: (keyof Cluster)[]): void {
    for (const part of parts) this.script.failing![part] = new Error('the engine is gone');
  }

  endDriver(code: number, killedForMemory = false): void {
    const node = this.node(this.driver.name);
    if (!node.running) return;
    node.end(code, killedForMemory);
    this.lostIfLeader(node);
    this.exit(code);
  }

  async state(node: Node) {
    this.asked('state');
    const { running, exitCode, killedForMemory } = this.node(node.name);
    return { running, exitCode, killedForMemory };
  }

  async signal(node: Node, signal: EndingSignal) {
    this.asked('signal', node.name, signal);
    if (!this.node(node.name).effective) return;
    if (node === this.driver) return this.endDriver(signal === 'SIGKILL' ? 137 : 0);
    this.node(node.name).end(signal === 'SIGKILL' ? 137 : 0, false);
    this.lostIfLeader(this.node(node.name));
  }

  async start(node: Node) {
    this.asked('start', node.name);
    if (!(this.script.restarts ?? true)) return;
    // where all were lost, those that are there again elect one
    if (this.nodes.every(({ answers }) => !answers)) this.electSoon(this.node(node.name));
    this.node(node.name).begin();
    this.node(node.name).votes ||= this.script.effective ?? true;
  }

  async freeze(node: Node, frozen: boolean) {
    this.asked('freeze', node.name, frozen);
    this.node(node.name).set('frozen', frozen);
    if (frozen) this.lostIfLeader(this.node(node.name));
  }

  async pin(node: Node, cpu: number | null) {
    this.asked('pin', node.name, cpu);
  }

  async limitCpu(node: Node, cpus: number | null) {
    this.asked('limitCpu', node.name, cpus);
    this.node(node.name).set('cpuLimit', cpus);
  }

  async limitMemory(node: Node, bytes: number | null) {
    this.asked('limitMemory', node.name, bytes);
    this.node(node.name).set('memoryLimit', bytes);
  }

  async limitDisk(node: Node, bytesPerS: number | null) {
    this.asked('limitDisk', node.name, bytesPerS);
    this.node(node.name).set('diskLimit', bytesPerS);
  }

  async diskLimit(node: Node) {
    this.asked('diskLimit');
    return this.node(node.name).diskLimit;
  }

  startAs(node: Node) {
    this.release += 1;
    return this.start(node);
  }

  async startBurners(count: number, cpu?: number): Promise<Burners> {
    this.asked('startBurners', count, cpu);
    const burner = new ScriptedNode('burner', { host: '', port: 0 }, this.clock);
    burner.set('frozen', true);
    this.burnersLeft += count;
    this.burners.push({ one: burner, count });
    return {
      burn: async () => burner.set('frozen', !(this.script.effective ?? true)),
      hold: async () => burner.set('frozen', true),
      cpuNs: async () => Array.from({ length: count }, () => Number(burner.usage().cpu_ns)),
      end: async () => {
        this.burnersLeft -= count;
      },
    };
  }

  async networkShell(node: Node) {
    this.openedShells += 1;
    this.asked('networkShell');
    return this.node(node.name).networkShell((command) => {
      this.asked('networkShell', node.name, command);
      if (LIMITS.cut.test(command)) this.lostIfLeader(this.node(node.name));
    });
  }

  async traceShell(node: Node) {
    this.asked('traceShell');
    return this.node(node.name).traceShell((command) => this.asked('traceShell', node.name, command));
  }

  volume(node: Node) {
    this.asked('volume');
    return this.node(node.name).volume;
  }

  async cutPower() {
    this.asked('cutPower');
    for (const { volume } of this.nodes) volume.cut();
  }

  async usage(): Promise<readonly NodeUsage[]> {
    this.asked('usage');
    return this.nodes.filter(({ running }) => running).map((node) => node.usage());
  }

  lost(): string | undefined {
    return this.script.lost;
  }

  async copyResults(folder: string) {
    this.asked('copyResults');
    if (this.script.results ?? true) writeFileSync(join(folder, '0-exec-1700000000'), 'n 0\n');
  }

  async log(_node: Node) {
    this.asked('log');
    return this.script.log ?? `ready "dqlite_version":${this.release}\n`;
  }

  async down() {
    this.asked('down');
    this.isDown = true;
  }

  /** What a run sees of this cluster, and of a host on which nothing else runs. */
  surroundings(): Surroundings {
    const { clock, script } = this;
    return {
      clock,
      questions: {
        haveRoles: async () => true,
        clientStart: async () => (this.begun ? clock.nowMs() : undefined),
        workloadHasBegun: async () => this.begun,
        countRows: async (leader, driver) => {
          if (!leader || leader === driver || !this.quorum) return undefined;
          const rows = script.rows ?? [100];
          return rows[Math.min(this.counted++, rows.length - 1)];
        },
        handOver: async (_cluster, leader, hit) => {
          if (leader !== this.driver) return false;
          const next = this.nodes.find((node) => node !== leader && !hit.includes(node) && node.answers);
          if (next) this.lead(next.name);
          return next !== undefined;
        },
        knowsLeader: async (node) => this.node(node.name).answers && this.current !== null,
      },
      membership: {
        leaderOf: async () => this.current ?? undefined,
        transfer: async (_nodes, to) => {
          this.asked('signal', 'transfer', to.name);
          if (script.effective ?? true) this.lead(to.name);
        },
        remove: async (_nodes, node) => {
          this.node(node.name).votes = !(script.effective ?? true);
          return 7n;
        },
        add: async (_nodes, node) => {
          this.node(node.name).votes = true;
        },
        isVoter: async (_nodes, node) => this.node(node.name).votes,
      },
      watch: (_nodes, changed) => ({
        begin: () => {
          if (this.leaderChanged === changed) return;
          this.leaderChanged = changed;
          if (this.current) changed(this.current);
        },
        end: () => {
          this.leaderChanged = () => {};
        },
      }),
      hostCpu: () => {
        const totalNs = 2 * clock.elapsedMs() * 1e6;
        return { usedNs: totalNs * (script.others ?? 0) + this.ownNs() + this.collectorNs(), totalNs };
      },
      ownCpuNs: () => this.collectorNs(),
    };
  }

  /** The collector uses a tenth of a core. */
  private collectorNs(): number {
    return 0.1 * this.clock.elapsedMs() * 1e6;
  }

  private ownNs(): number {
    const nodes = this.nodes.reduce((sum, node) => sum + node.cpuNsEver(), 0);
    return this.burners.reduce((sum, { one, count }) => sum + count * one.cpuNsEver(), nodes);
  }

  private get quorum(): boolean {
    return this.nodes.filter((node) => node.answers).length > this.nodes.length / 2;
  }

  private asked(part: keyof Cluster, ...details: unknown[]): void {
    if (details.length > 0) this.told.push([part, ...details].join(' '));
    if (this.isDown) this.askedWhenDown.push(part);
    const error = this.script.failing![part];
    if (error) throw error;
  }

  private lostIfLeader(node: ScriptedNode): void {
    if (this.current !== node || !(node.effective || node === this.driver)) return;
    this.lead(null);
    this.electSoon(node);
  }

  private electSoon(lost: Node): void {
    if (!(this.script.elects ?? true)) return;
    this.later(300, () => {
      const next = this.nodes.find((other) => other !== lost && other.answers);
      if (next && !this.current) this.lead(next.name);
    });
  }

  private play(): void {
    const { leader = 'raft1', leaderSeenAfterMs, beginsAfterMs = 200, driver = {}, at = [] } = this.script;
    if (leaderSeenAfterMs === undefined) this.lead(leader);
    if (beginsAfterMs === null) {
      if (driver?.afterMs !== undefined) this.later(driver.afterMs, () => this.endDriver(driver.code ?? 0));
      return;
    }
    this.later(beginsAfterMs, () => {
      this.begun = true;
    });
    if (leaderSeenAfterMs !== undefined)
      this.later(beginsAfterMs + leaderSeenAfterMs, () => this.lead(leader));
    for (const [ms, happening] of at) this.later(beginsAfterMs + ms, () => happening(this));
    if (driver === null) return;
    const { afterMs = this.spec.durationS * 1000 + 50, code = 0, killedForMemory = false } = driver;
    this.later(beginsAfterMs + afterMs, () => this.endDriver(code, killedForMemory));
  }

  private later(ms: number, happening: () => void): void {
    this.clock.sleep(ms).then(happening);
  }
}
