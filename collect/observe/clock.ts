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

/** Waits; rejects with the signal's reason as soon as that is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      },
      Math.max(0, ms),
    );
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** What comes of `work`, or undefined when it takes longer. */
export async function within<T>(ms: number, work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const over = new AbortController(); // else the timer would keep the process alive
  const timeout = sleep(ms, AbortSignal.any([signal, over.signal])).then(() => undefined);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    timeout.catch(() => {});
    over.abort();
  }
}

/** Asks until the answer is there; undefined after `forMs`. */
export async function until<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  { everyMs, forMs, signal }: { everyMs: number; forMs: number; signal?: AbortSignal | undefined },
): Promise<T | undefined> {
  const end = performance.now() + forMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) return undefined;
    await sleep(everyMs, signal);
  }
}
