import { setTimeout as sleep } from 'node:timers/promises';

/** What tells a run the time, and lets it wait. */
export interface Clock {
  /** Unix time in ms, which the system may set. */
  nowMs(): number;
  /** Time in ms since some instant, which nobody sets. */
  elapsedMs(): number;
  /** Waits; rejects as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}),
};

/**
 * Unix time in ns from the system's clock, the one that the nodes stamp their operations with, so that both can be
 * compared. Rounded up to the millisecond: what is stamped later than an event was started after it.
 */
export function nowNs(): bigint {
  return BigInt(Date.now() + 1) * 1_000_000n;
}

/** Tells how far the system's clock was set (in ms) since it was made. */
export function clockSteps(clock: Clock = systemClock): () => number {
  const offset = () => clock.nowMs() - clock.elapsedMs();
  const before = offset();
  return () => offset() - before;
}

export interface Patience {
  everyMs: number;
  forMs: number;
  signal?: AbortSignal | undefined;
  clock?: Clock;
}

/** Asks until the answer is there; undefined after `forMs`. Rejects as soon as the signal is aborted. */
export async function until<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  { everyMs, forMs, signal, clock = systemClock }: Patience,
): Promise<T | undefined> {
  const end = clock.elapsedMs() + forMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (clock.elapsedMs() > end) return undefined;
    await clock.sleep(everyMs, signal);
  }
}
