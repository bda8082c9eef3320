import type { RegisterOperation, Value } from '../history.js';
import type { Effect } from './key-history.js';

/** What a search found. */
export type Search =
  | { readonly found: 'order' }
  /** No order explains the operations up to the end of `at`. */
  | { readonly found: 'none'; readonly at: RegisterOperation }
  /** It was given up. */
  | { readonly found: 'bound'; readonly steps: number };

export interface SearchOptions {
  /** How many steps may be tried. */
  readonly steps: number;
  /** When it is given up, as `performance.now()` tells it; looked at after each operation. Default: never. */
  readonly until?: number;
  /** Something else, unseen, may write what nobody reads at any time. */
  readonly others?: boolean;
}

/** Any value that nobody asks for. */
const ELSEWHERE = Symbol('a value that nobody asks for');
type State = Value | typeof ELSEWHERE;

/** The register's value after some of the pending operations have taken effect: those in `must` and `may`. */
interface Configuration {
  readonly state: State;
  /** Bits of pending operations that did happen; those of reads, too. */
  readonly must: bigint;
  /** Bits of operations that may have happened. */
  readonly may: bigint;
}

interface Pending {
  readonly effect: Effect;
  readonly bit: bigint;
}

/**
 * Looks for an order of one register's operations that explains what they returned and keeps to their times: Wing and
 * Gong's search (1993), breadth first over the operations' ends with Lowe's memory of configurations (2017). An operation
 * takes effect when the end of another needs it, or its own; a read as soon as it can, which harms none. Of two
 * configurations that differ in operations of unknown outcome alone, the one that needed fewer of them is kept; values
 * that nobody asks for any more are all alike. Linear in the operations; exponential, at worst, in the writes that are
 * under way at once.
 */
export function searchOrder(effects: readonly Effect[], initial: Value, options: SearchOptions): Search {
  const pending = new Map<Effect, Pending>();
  const demand = new Demand(effects);
  let configurations: readonly Configuration[] = [{ state: initial, must: 0n, may: 0n }];
  let steps = 0;
  let [usedMust, usedMay] = [0n, 0n];
  for (const { effect, ends } of eventsOf(effects)) {
    if (!ends) {
      const bit = freeBit(effect.optional ? usedMay : usedMust);
      if (effect.optional) usedMay |= bit;
      else usedMust |= bit;
      const entry = { effect, bit };
      pending.set(effect, entry);
      if (effect.writes === undefined) configurations = configurations.map((c) => withReads(c, [entry]));
      continue;
    }
    const { bit } = pending.get(effect)!;
    const settled = settle(configurations, bit, [...pending.values()], demand, options);
    steps += settled.steps;
    const late = options.until !== undefined && performance.now() > options.until;
    if (steps > options.steps || late) return { found: 'bound', steps };
    if (settled.configurations.length === 0) return { found: 'none', at: effect.operation };
    configurations = settled.configurations.map(({ state, must, may }) => ({
      state,
      must: must & ~bit,
      may,
    }));
    pending.delete(effect);
    demand.end(effect);
    usedMust &= ~bit;
  }
  return { found: 'order' };
}

/** Lets pending operations take effect until, in every configuration, the one of `bit` has. */
function settle(
  from: readonly Configuration[],
  bit: bigint,
  pending: readonly Pending[],
  demand: Demand,
  { others, steps: limit }: SearchOptions,
): { configurations: Configuration[]; steps: number } {
  if (from.every(({ must }) => must & bit)) return { configurations: [...from], steps: from.length };
  const reads = pending.filter(({ effect }) => effect.writes === undefined);
  const writes = pending.filter(({ effect }) => effect.writes !== undefined);
  const seen = new Memory();
  const done: Configuration[] = [];
  const queue = from.filter((configuration) => seen.add(configuration));
  let steps = 0;
  for (let i = 0; i < queue.length && steps <= limit; i++) {
    const { state, must, may } = queue[i]!;
    if (must & bit) {
      done.push(queue[i]!);
      continue;
    }
    const visit = (next: Configuration) => {
      steps++;
      const after = withReads(next, reads);
      if (seen.add(after)) queue.push(after);
    };
    const alike = new Set<Value | undefined>();
    for (const { effect, bit: own } of writes) {
      if ((effect.optional ? may : must) & own || !fits(effect, state)) continue;
      const leaves = demand.of(effect.writes!) ? effect.writes! : ELSEWHERE;
      if (effect.optional && leaves === ELSEWHERE) {
        if (state === ELSEWHERE || alike.has(effect.needs)) continue;
        alike.add(effect.needs);
      }
      visit({
        state: leaves,
        must: effect.optional ? must : must | own,
        may: effect.optional ? may | own : may,
      });
    }
    if (others && state !== ELSEWHERE) visit({ state: ELSEWHERE, must, may });
  }
  return { configurations: done, steps: steps + from.length };
}

/** Which values are still asked for: by operations that need them, or must not find them, and have not ended. */
class Demand {
  private readonly counts = new Map<Value, number>();

  constructor(effects: readonly Effect[]) {
    for (const effect of effects) this.change(effect, 1);
  }

  of(value: Value): boolean {
    return (this.counts.get(value) ?? 0) > 0;
  }

  end(effect: Effect): void {
    this.change(effect, -1);
  }

  private change({ needs, refuses }: Effect, by: number): void {
    const value = needs === undefined ? refuses : needs;
    if (value !== undefined) this.counts.set(value, (this.counts.get(value) ?? 0) + by);
  }
}

/** Which configurations were met. */
class Memory {
  private readonly byState = new Map<State, Map<bigint, bigint[]>>();

  /** Whether it is new, and better in some way than those that were met. */
  add({ state, must, may }: Configuration): boolean {
    const byMust = this.byState.get(state) ?? new Map<bigint, bigint[]>();
    this.byState.set(state, byMust);
    const known = byMust.get(must);
    if (!known) byMust.set(must, [may]);
    else if (known.some((fewer) => (fewer & ~may) === 0n)) return false;
    else known.push(may);
    return true;
  }
}

function withReads({ state, must, may }: Configuration, reads: readonly Pending[]): Configuration {
  let after = must;
  for (const { effect, bit } of reads) if (fits(effect, state)) after |= bit;
  return { state, must: after, may };
}

function fits({ needs, refuses }: Effect, state: State): boolean {
  return (needs === undefined || needs === state) && (refuses === undefined || refuses !== state);
}

function freeBit(used: bigint): bigint {
  return ~used & (used + 1n);
}

/** Beginnings and ends by time; at the same instant, beginnings first, since what touches overlaps. */
function eventsOf(effects: readonly Effect[]): { effect: Effect; ends: boolean }[] {
  const begins = effects.map((effect) => ({ effect, ends: false, at: effect.begin }));
  const ends = effects
    .filter(({ optional }) => !optional)
    .map((effect) => ({ effect, ends: true, at: effect.end }));
  return [...begins, ...ends].sort((a, b) => a.at - b.at || Number(a.ends) - Number(b.ends));
}
