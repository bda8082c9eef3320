import type { Clock } from '../../collect/observe/clock.js';
import type { NetworkShell, Node, NodeUsage, TraceShell } from '../../collect/runtimes/parts/runtime.js';
import { ScriptedVolume } from './scripted-volume.js';

const BYTES_PER_S = 1_000_000;

/** A way there and back that is longer than any delay that tests ask for. */
const SLOW_PING_MS = 1000;

/** Commands in a node's network by which faults begin and end. */
export const LIMITS = {
  cut: /iptables -w -I/,
  begin: /iptables -w (-t mangle )?-I|qdisc add/,
  end: /iptables -w (-t mangle )?-D|qdisc del/,
};

/** A node that is not there: what it uses grows with a clock's time, as far as its limits leave. */
export class ScriptedNode implements Node {
  running = true;
  exitCode: number | null = null;
  killedForMemory = false;
  /** Whether what is done to it has an effect. */
  effective = true;
  frozen = false;
  votes = true;
  cpuLimit: number | null = null;
  memoryLimit: number | null = null;
  diskLimit: number | null = null;
  network: 'free' | 'limited' | 'cut' = 'free';
  traced = false;
  readonly volume = new ScriptedVolume(this);
  private used = { cpu: 0, throttled: 0, hits: 0, written: 0, packets: 0 };
  private usedBefore = 0;
  private since: number;

  constructor(
    readonly name: string,
    readonly address: { host: string; port: number },
    private readonly clock: Clock,
  ) {
    this.since = clock.elapsedMs();
  }

  /** Whether it can answer another. */
  get answers(): boolean {
    return this.running && !(this.effective && (this.frozen || this.network === 'cut'));
  }

  set<K extends 'frozen' | 'cpuLimit' | 'memoryLimit' | 'diskLimit' | 'network'>(
    what: K,
    value: this[K],
  ): void {
    this.accrue();
    this[what] = value;
  }

  end(code: number, killedForMemory: boolean): void {
    this.accrue();
    Object.assign(this, { running: false, exitCode: code, killedForMemory });
  }

  begin(): void {
    this.usedBefore += this.used.cpu;
    this.used = { cpu: 0, throttled: 0, hits: 0, written: 0, packets: 0 };
    this.since = this.clock.elapsedMs();
    Object.assign(this, { running: true, frozen: false, exitCode: null, killedForMemory: false });
  }

  /** CPU time that it used, those before it was started again included. */
  cpuNsEver(): number {
    this.accrue();
    return this.usedBefore + this.used.cpu;
  }

  usage(): NodeUsage {
    this.accrue();
    const { cpu, throttled, hits, written } = this.used;
    return {
      time_ns: BigInt(this.clock.nowMs()) * 1_000_000n,
      node: this.name,
      cpu_ns: BigInt(Math.round(cpu)),
      cpu_throttled_ns: BigInt(Math.round(throttled)),
      memory_bytes: 2 ** 25,
      memory_limit_bytes: this.memoryLimit,
      major_faults: 0,
      memory_limit_hits: Math.floor(hits),
      oom_kills: this.killedForMemory ? 1 : 0,
      read_bytes: 0,
      written_bytes: Math.round(written),
      received_bytes: 0,
      sent_bytes: 0,
    };
  }

  networkShell(told: (command: string) => void): NetworkShell {
    return {
      run: async (command) => {
        if (LIMITS.begin.test(command)) this.set('network', LIMITS.cut.test(command) ? 'cut' : 'limited');
        if (LIMITS.end.test(command)) this.set('network', 'free');
        if (LIMITS.begin.test(command) || LIMITS.end.test(command)) this.used.packets = 0;
        told(command);
        return this.listing(command);
      },
      close: async () => {},
    };
  }

  traceShell(told: (command: string) => void): TraceShell {
    return {
      folder: '/trace',
      pid: async () => 7,
      close: async () => {},
      run: async (command) => {
        told(command);
        if (command.startsWith('strace')) this.traced = true;
        if (command.startsWith('pkill')) this.traced = false;
        if (command.startsWith('grep')) return `TracerPid:\t${this.traced ? 9 : 0}\n`;
        if (command.startsWith('tail')) return this.trace();
        return command.startsWith('ls') ? '7\n8\n' : '7 ep_poll\n';
      },
    };
  }

  /** What strace prints of a write that takes half a millisecond, and longer where it is held back. */
  private trace(): string {
    const done = this.effective ? 100 + SLOW_PING_MS / 1000 : 100.0005;
    return `8 100.000000 io_submit(0x7, 1, [{}]) = 1\n8 100.000300 io_getevents(0x7) = 1\n8 ${done.toFixed(6)} write(5) = 8\n`;
  }

  /** What `iptables -L -v -x` and `tc -s` print, in the form that the kernel's tools have. */
  private listing(command: string): string {
    this.accrue();
    const packets = Math.floor(this.used.packets);
    const disturbed = this.network !== 'free' && this.effective;
    if (command.startsWith('ping')) {
      const times = disturbed ? [1, 2, 3].map((slower) => slower * SLOW_PING_MS) : [0.2, 0.2, 0.2];
      return times.map((ms) => `64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=${ms} ms\n`).join('');
    }
    const reached = /^for host in (.*?);/.exec(command)?.[1];
    if (reached) return disturbed ? '' : 'reached\n'.repeat(reached.split(' ').length);
    if (command.startsWith('iptables')) {
      const rule = `${packets.toString().padStart(8)} ${packets * 60} DROP       all  --  *      *       0.0.0.0/0\n`;
      return `Chain INPUT (policy ACCEPT 9 packets, 99 bytes)\n${this.network === 'cut' ? rule : ''}`;
    }
    if (this.network === 'free')
      return 'qdisc noqueue 0: root refcnt 2\n Sent 0 bytes 0 pkt (dropped 0, overlimits 0)\n';
    const kind = 'qdisc tbf 1: root\nqdisc netem 2: root\n';
    return `${kind} Sent ${packets * 60} bytes ${packets} pkt (dropped ${packets}, overlimits ${packets} requeues 0)\n`;
  }

  private accrue(): void {
    const now = this.clock.elapsedMs();
    const ms = now - this.since;
    this.since = now;
    const { used, effective } = this;
    if (!this.running || (this.frozen && effective)) return;
    used.cpu += ms * 3e5;
    used.written +=
      (ms / 1000) * (effective ? Math.min(BYTES_PER_S, this.diskLimit ?? BYTES_PER_S) : BYTES_PER_S);
    if (!effective) return;
    if (this.cpuLimit !== null) used.throttled += ms * 5e5;
    if (this.memoryLimit !== null) used.hits += ms / 10;
    if (this.network !== 'free') used.packets += ms / 10;
  }
}
