import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UserError } from '../common/errors.js';
import type { EncodedOperations } from '../dataset/operations.js';
import { type FileToRead, type ReadFile, readResultsFile } from './read-file.js';

/** Below this many bytes, starting threads costs more than it saves. */
const WORTH_THREADS_BYTES = 8e6;

/** Results files being read, by as many threads as there are cores, and handed over in their order. */
export interface Reading {
  /** Hands over the blocks of the next file, in order, and says what the file held. */
  next(take: (block: EncodedOperations) => void): Promise<ReadFile>;
  close(): Promise<void>;
}

/** Begins to read `files`, of `bytes` bytes in all. */
export function readFiles(files: readonly FileToRead[], bytes: number): Reading {
  const threads = Math.min(availableParallelism(), files.length);
  return bytes < WORTH_THREADS_BYTES || threads < 2 ? inThisThread(files) : inThreads(files, threads);
}

function inThisThread(files: readonly FileToRead[]): Reading {
  let at = 0;
  return {
    next: async (take) => readResultsFile(files[at++]!, take),
    close: async () => {},
  };
}

/** What a thread is started with. */
export interface ThreadData {
  files: readonly FileToRead[];
  /** `[the next file that no thread has taken]` */
  taken: Int32Array<SharedArrayBuffer>;
  /** `[blocks of this thread that were handed over]` */
  handedOver: Int32Array<SharedArrayBuffer>;
}

/** What a thread says, about the file at `file`. */
export type ThreadMessage = { file: number } & (
  | { block: EncodedOperations }
  | { read: ReadFile }
  | { error: { message: string; known: boolean } }
);

interface Inbox {
  messages: { message: ThreadMessage; handedOver: Int32Array }[];
  wake?: () => void;
}

function inThreads(files: readonly FileToRead[], threads: number): Reading {
  const inboxes = files.map((): Inbox => ({ messages: [] }));
  const taken = new Int32Array(new SharedArrayBuffer(4));
  let broken: Error | undefined;
  const workers = Array.from({ length: threads }, () => {
    const handedOver = new Int32Array(new SharedArrayBuffer(4));
    const workerData: ThreadData = { files, taken, handedOver };
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData, execArgv: [] });
    worker.on('message', (message: ThreadMessage) => {
      const inbox = inboxes[message.file]!;
      inbox.messages.push({ message, handedOver });
      inbox.wake?.();
    });
    worker.on('error', (error) => {
      broken = error;
      for (const inbox of inboxes) inbox.wake?.();
    });
    return worker;
  });
  let at = 0;
  return {
    async next(take) {
      const inbox = inboxes[at++]!;
      for (;;) {
        for (const { message, handedOver } of inbox.messages.splice(0)) {
          if ('read' in message) return message.read;
          if ('error' in message) {
            throw new (message.error.known ? UserError : Error)(message.error.message);
          }
          take(message.block);
          Atomics.add(handedOver, 0, 1);
          Atomics.notify(handedOver, 0);
        }
        if (broken) throw broken;
        await new Promise<void>((resolve) => {
          inbox.wake = resolve;
        });
      }
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
