import type { Clock } from '../../collect/observe/clock.js';

const START_MS = 1_700_000_000_000;
const PATIENCE_MS = 20 * 60_000;
/** Real time that files may take while nobody waits for the clock. */
const STUCK_MS = 30_000;

interface Waiting {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock whose time passes only while {@link during} waits for something, and then at once. */
export class FakeClock implements Clock {
  private elapsed = 0;
  private setBy = 0;
  private readonly waiting = new Set<Waiting>();

  nowMs(): number {
    return START_MS + this.elapsed + this.setBy;
  }

  elapsedMs(): number {
    return this.elapsed;
  }

  /** Sets the wall clock, as an administrator would. */
  setWall(byMs: number): void {
    this.setBy += byMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        this.waiting.delete(entry);
        reject(signal!.reason);
      };
      const entry = {
        at: this.elapsed + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.waiting.add(entry);
    });
  }

  /** How many wait now: none once everything that was begun has ended. */
  get sleepers(): number {
    return this.waiting.size;
  }

  /** Lets time pass until `work` is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const done = () => {
      over = true;
    };
    work.then(done, done);
    const end = this.elapsed + PATIENCE_MS;
    let movedAt = performance.now();
    while (!over) {
      await settled();
      if (over) break;
      if (this.elapsed > end) throw new Error(`nothing came of it in ${PATIENCE_MS / 60_000} minutes`);
      if (this.next()) movedAt = performance.now();
      else if (performance.now() - movedAt > STUCK_MS) throw new Error('it waits for what never comes');
    }
    return work;
  }

  /** Whether anybody waited. */
  private next(): boolean {
    const [first] = [...this.waiting].sort((a, b) => a.at - b.at);
    if (!first) return false;
    this.waiting.delete(first);
    this.elapsed = Math.max(this.elapsed, first.at);
    first.wake();
    return true;
  }
}

/** What can go on without time passing has; files and sockets, of which nobody can tell, are not to be waited for meanwhile. */
async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
}
