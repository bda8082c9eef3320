import { setTimeout as sleep } from 'node:timers/promises';

/** What tells a run the time. */
export interface Clock {
  /** Unix time in ms. */
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/**
 * Unix time in ns from the system's clock, the one that the nodes stamp their operations with, so that both can be
 * compared. Rounded up to the millisecond: what is stamped later than an event was started after it.
 */
export function nowNs(): bigint {
  return BigInt(Date.now() + 1) * 1_000_000n;
}

/** Tells how far the system's clock was set (in ms) since it was made. */
export function clockSteps(): () => number {
  const offset = () => Date.now() - performance.now();
  const before = offset();
  return () => offset() - before;
}

/** Asks until the answer is there; undefined after `forMs`. Rejects as soon as the signal is aborted. */
export async function until<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  { everyMs, forMs, signal }: { everyMs: number; forMs: number; signal?: AbortSignal | undefined },
): Promise<T | undefined> {
  const end = performance.now() + forMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) return undefined;
    await sleep(everyMs, undefined, signal ? { signal } : {});
  }
}
