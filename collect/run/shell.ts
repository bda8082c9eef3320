import { readdirSync } from 'node:fs';
import { MECHANICS } from '../faults/index.js';
import type { Injection, Measurement } from '../faults/parts/fault.js';
import { until } from '../observe/clock.js';
import type { Cluster, Node } from '../runtimes/parts/runtime.js';
import { worldlyReason } from '../worldly-reason.js';
import { dueAt } from './due.js';
import { isInForce } from './fault-steps.js';
import {
  type Command,
  isOver,
  nodesHit,
  type Observation,
  prepared,
  type RunEvent,
  type RunPlan,
  type RunState,
} from './state.js';
import { step } from './step.js';
import type { Surroundings } from './surroundings.js';

const BEGIN_MS = 15;
const FIRST_LOOK_MS = 20;
const MEASURE_MS = 200;
const RECOVER_MS = 20_000;
const COUNT_MS = 50;

export interface ShellSetting {
  readonly plan: RunPlan;
  readonly cluster: Cluster;
  /** Of each fault; flaps of one share it. */
  readonly injections: readonly Injection[];
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  /** Where results are copied to. */
  readonly results: string;
  record(event: RunEvent): void;
  /** Called whenever the phase has changed. */
  entered(state: RunState): void;
}

/** The doing part of a run: it executes what `step` tells, and hands it what comes of that and of time. */
export class Shell {
  private state: RunState;
  private broken: { error: unknown } | undefined;
  private wake = () => {};
  private timer = new AbortController();
  /** What has been told to be done ends with the run, too. */
  private readonly closing = new AbortController();

  constructor(private readonly setting: ShellSetting) {
    this.state = prepared(setting.plan, this.at());
  }

  /** Runs to the end; rejects with the signal's reason when that is aborted, and with an error of the code's own. */
  async run(): Promise<RunState> {
    const { cluster, signal } = this.setting;
    const abort = () => this.wake();
    signal.addEventListener('abort', abort);
    cluster.driverExit.then(
      (code) => {
        if (!this.closed) this.attempt({ do: 'await_driver' }, this.driverEnded(code));
      },
      (error) => this.attempt({ do: 'await_driver' }, Promise.reject(error)),
    );
    this.attempt({ do: 'await_driver' }, this.watchForBegin());
    this.setTimer();
    try {
      while (!isOver(this.state)) {
        signal.throwIfAborted();
        if (this.broken) throw this.broken.error;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      return this.state;
    } finally {
      this.timer.abort();
      this.closing.abort();
      signal.removeEventListener('abort', abort);
    }
  }

  observe(seen: Observation): void {
    if (this.closed) return;
    const before = this.state.phase;
    const { state, commands, events } = step(this.state, seen);
    this.state = state;
    for (const event of events) this.setting.record(event);
    if (state.phase !== before) this.setting.entered(state);
    if (!this.closed) for (const command of commands) this.attempt(command, this.execute(command));
    this.setTimer();
    if (isOver(this.state)) this.wake();
  }

  private get closed(): boolean {
    return isOver(this.state) || this.closing.signal.aborted || this.setting.signal.aborted;
  }

  private at(): number {
    return this.setting.surroundings.clock.nowMs();
  }

  /** Waits within what is being done; ends with the run. */
  private sleep(ms: number): Promise<void> {
    return this.setting.surroundings.clock.sleep(ms, this.closing.signal);
  }

  private setTimer(): void {
    this.timer.abort();
    const due = dueAt(this.state);
    if (due === null) return;
    this.timer = new AbortController();
    // what is past its time waits for something else, such as a leader to hit, and is looked at again soon
    const waited = this.setting.surroundings.clock.sleep(Math.max(due - this.at(), 5), this.timer.signal);
    waited.then(
      () => this.guarded(() => this.observe({ see: 'time', at: this.at() })),
      () => {}, // another instant is waited for now
    );
  }

  /** Has what comes of a command observed: a failure of the world as such, one of the code ends the run. */
  private attempt(did: Command, work: Promise<void>): void {
    work.catch((error) =>
      this.guarded(() => this.observe({ see: 'failed', did, reason: worldlyReason(error), at: this.at() })),
    );
  }

  private guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.broke(error);
    }
  }

  /** Ends the run with an error of the code's own. */
  broke(error: unknown): void {
    this.broken = { error };
    this.wake();
  }

  private done(did: Command, done = true, more: { value?: number; how?: string | undefined } = {}): void {
    this.observe({ see: 'done', did, done, at: this.at(), ...more });
  }

  private async watchForBegin(): Promise<void> {
    const { cluster, surroundings } = this.setting;
    const { haveRoles, clientStart, workloadHasBegun } = surroundings.questions;
    const waiting = () => this.state.phase === 'prepared';
    if (cluster.startClient) {
      const { roles } = this.setting.plan;
      const voters = roles.filter((role) => role === 'voter').length;
      const seen = async (count: number) => {
        while (waiting() && !(await haveRoles(cluster.nodes, roles.slice(0, count))))
          await this.sleep(BEGIN_MS);
      };
      await seen(voters);
      // one after the other, so that each gets the role that was planned for it
      for (let i = voters; i < roles.length && waiting(); i++) {
        await cluster.start(cluster.nodes[i]!);
        await seen(i + 1);
      }
      if (waiting()) await cluster.startClient();
    }
    const start = async () => {
      if (cluster.startClient) return clientStart(cluster);
      return (await workloadHasBegun(cluster.nodes[0]!)) ? this.at() : undefined;
    };
    let notYet = this.at();
    while (waiting()) {
      const asked = this.at();
      const began = await start();
      // a clock that does not fit what was seen is not believed
      if (began !== undefined)
        return this.observe({ see: 'began', at: Math.min(Math.max(began, notYet), this.at()) });
      notYet = asked;
      await this.sleep(BEGIN_MS);
    }
  }

  private async driverEnded(code: number): Promise<void> {
    const { cluster } = this.setting;
    const { killedForMemory } = await cluster.state(cluster.driver);
    const lastWords = code === 0 && this.state.phase !== 'prepared' ? '' : await lastWordsOf(cluster);
    this.observe({ see: 'driver_ended', end: { code, killedForMemory, lastWords }, at: this.at() });
  }

  private node(name: string): Node {
    return this.setting.cluster.nodes.find((node) => node.name === name)!;
  }

  private async execute(command: Command): Promise<void> {
    const { cluster, injections, surroundings } = this.setting;
    const { questions } = surroundings;
    switch (command.do) {
      case 'inject': {
        const injection = injections[command.fault]!;
        await injection.inject(this.node(command.node), this.leader());
        return this.done(command, true, { how: injection.how?.() });
      }
      case 'measure': {
        const { fault } = command;
        // the first look is at once: a node that has ended is seen to have
        await this.sleep(this.state.faults[fault]!.measurements.length > 0 ? MEASURE_MS : FIRST_LOOK_MS);
        if (!isInForce(this.state, fault))
          return this.observe({ see: 'measured', fault, measurements: [], at: this.at() });
        // a look at a node that is going away sees nothing
        const measurements = await injections[fault]!.measure().catch((error): readonly Measurement[] => {
          worldlyReason(error);
          return [];
        });
        return this.observe({ see: 'measured', fault, measurements, at: this.at() });
      }
      case 'lift': {
        const { kind } = this.setting.plan.faults[command.fault]!;
        // the limits of a node that the fault has killed went with it
        const gone =
          !MECHANICS[kind].liftStartsNode && !(await cluster.state(this.target(command.fault))).running;
        if (!gone) await injections[command.fault]!.lift();
        return this.done(command, !gone);
      }
      case 'recover':
        return this.done(command, await this.recovers(command.fault));
      case 'hand_over': {
        const hit = nodesHit(this.state).map((name) => this.node(name));
        return this.done(command, await questions.handOver(cluster, this.leader(), hit));
      }
      case 'restart': {
        const node = this.node(command.node);
        const running = (await cluster.state(node)).running;
        if (!running) await cluster.start(node);
        return this.done(command, !running);
      }
      case 'await_driver':
        return; // its end is observed as it comes
      case 'copy': {
        await cluster.copyResults(this.setting.results);
        return this.done(command, true, { value: readdirSync(this.setting.results).length });
      }
      case 'count': {
        await this.sleep(COUNT_MS);
        const rows = await questions.countRows(this.leader(), cluster.driver);
        return this.done(command, rows !== undefined, rows === undefined ? {} : { value: rows });
      }
    }
  }

  private target(fault: number): Node {
    return this.node(this.state.faults[fault]!.target!);
  }

  private leader(): Node | null {
    return this.state.leader === null ? null : this.node(this.state.leader);
  }

  private async recovers(fault: number): Promise<boolean> {
    const { injections } = this.setting;
    const { clock, questions } = this.setting.surroundings;
    const wait = { forMs: RECOVER_MS, signal: this.closing.signal, clock };
    const injection = injections[fault]!;
    // what shares its injection has begun: what is seen from now on is of that
    const isOn = () =>
      injections.some((one, i) => i > fault && one === injection && this.state.faults[i]!.target !== null);
    const hasEnded = () =>
      injection.hasEnded().catch((error) => {
        worldlyReason(error);
        return false;
      });
    const ended = await until(async () => isOn() || (await hasEnded()) || undefined, {
      everyMs: 200,
      ...wait,
    });
    if (!ended || isOn()) return false;
    const target = this.target(fault);
    return (
      (await until(async () => (await questions.knowsLeader(target)) || undefined, {
        everyMs: 50,
        ...wait,
      })) ?? false
    );
  }
}

async function lastWordsOf(cluster: Cluster): Promise<string> {
  const lines = (await cluster.log(cluster.driver)).trim().split('\n');
  return lines.find((line) => /Error|error|panic/.test(line)) ?? (lines.at(-1) || 'nothing');
}
