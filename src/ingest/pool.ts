import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { UserError } from '../common/errors.js';
import type { EncodedOperations } from '../dataset/operations.js';
import { type FileToRead, type ReadFile, readResultsFile } from './read-file.js';

/** Below this many bytes, starting threads costs more than it saves. */
const WORTH_THREADS_BYTES = 8e6;
/** The most blocks that a thread has read ahead: some 350 kB each. */
const MOST_WAITING = 160;

/** Results files being read, by as many threads as there are cores, and handed over in their order. */
export interface Reading {
  /** Hands over the blocks of the next file, in order, and says what the file held. */
  next(take: (block: EncodedOperations) => void): Promise<ReadFile>;
  close(): Promise<void>;
}

/** What a thread is started with. */
export interface ThreadData {
  files: readonly FileToRead[];
  /** `[the next file that no thread has taken]` */
  taken: Int32Array<SharedArrayBuffer>;
  /** `[blocks of this thread that were handed over]` */
  handedOver: Int32Array<SharedArrayBuffer>;
  /** The most blocks that it reads ahead. */
  mostWaiting: number;
}

/** What a thread says, about the file at `file`. */
export type ThreadMessage = { file: number } & (
  | { block: EncodedOperations }
  | { read: ReadFile }
  | { error: { message: string; known: boolean } }
);

type Said = { handedOver(): void } & (
  | { block: EncodedOperations }
  | { read: ReadFile }
  | { failed: unknown }
);

/**
 * Begins to read `files`, of `bytes` bytes in all: this thread reads too, whenever it has nothing to hand over.
 * After `signal`, the next step throws.
 */
export function readFiles(files: readonly FileToRead[], bytes: number, signal?: AbortSignal): Reading {
  const threads = bytes < WORTH_THREADS_BYTES ? 1 : Math.min(availableParallelism(), files.length);
  const inboxes = files.map((): Said[] => []);
  const taken = new Int32Array(new SharedArrayBuffer(4));
  let wake = (): void => {};
  let broken: Error | undefined;
  const workers = Array.from({ length: threads - 1 }, () => {
    const count = new Int32Array(new SharedArrayBuffer(4));
    const handedOver = () => {
      Atomics.add(count, 0, 1);
      Atomics.notify(count, 0);
    };
    const workerData: ThreadData = { files, taken, handedOver: count, mostWaiting: MOST_WAITING };
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData, execArgv: [] });
    worker.on('message', (message: ThreadMessage) => {
      const said = 'error' in message ? { failed: failure(message.error) } : message;
      inboxes[message.file]!.push({ ...said, handedOver });
      wake();
    });
    worker.on('error', (error) => {
      broken = error;
      wake();
    });
    return worker;
  });
  signal?.addEventListener('abort', () => wake());
  const own = new OwnReading(files, taken, inboxes);
  let at = 0;
  return {
    async next(take) {
      const file = at++;
      for (;;) {
        for (const said of inboxes[file]!.splice(0)) {
          if ('read' in said) return said.read;
          if ('failed' in said) throw said.failed;
          take(said.block);
          said.handedOver();
        }
        if (broken) throw broken;
        signal?.throwIfAborted();
        if (own.step(file)) await setImmediate();
        else if (inboxes[file]!.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function failure({ message, known }: { message: string; known: boolean }): Error {
  return new (known ? UserError : Error)(message);
}

/** What this thread reads itself, a piece at a time. */
class OwnReading {
  private file = -1;
  private reading: Generator<undefined, ReadFile> | undefined;
  private waiting = 0;

  constructor(
    private readonly files: readonly FileToRead[],
    private readonly taken: Int32Array,
    private readonly inboxes: readonly Said[][],
  ) {}

  /** Reads a piece, unless no file is left or too much of later ones than `wanted` waits; says whether it did. */
  step(wanted: number): boolean {
    if (this.waiting >= MOST_WAITING && this.file !== wanted) return false;
    if (!this.reading) {
      this.file = Atomics.add(this.taken, 0, 1);
      const next = this.files[this.file];
      if (!next) return false;
      this.reading = readResultsFile(next, (block) => this.say({ block }));
    }
    try {
      const { done, value } = this.reading.next();
      if (!done) return true;
      this.say({ read: value });
    } catch (failed) {
      this.say({ failed });
    }
    this.reading = undefined;
    return true;
  }

  private say(what: { block: EncodedOperations } | { read: ReadFile } | { failed: unknown }): void {
    if ('block' in what) this.waiting++;
    this.inboxes[this.file]!.push({ ...what, handedOver: () => this.waiting-- });
  }
}
