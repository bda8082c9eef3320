import { parentPort, Worker, type WorkerOptions } from 'node:worker_threads';

type Asked<Q> = { id: number; question: Q };
type Answered<A> = { id: number } & ({ answer: A } | { error: Error });

interface Waiting<A> {
  resolve(answer: A): void;
  reject(error: Error): void;
}

/** A thread that answers questions, one after the other. It loads what it needs before the first comes. */
export class Thread<Q, A> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting<A>>();
  #count = 0;

  /** @param file a module that says how it {@link answers} */
  constructor(file: URL, options?: WorkerOptions) {
    this.#worker = new Worker(file, options);
    this.#worker.unref(); // nobody waits for a thread that nobody has asked
    this.#worker.on('message', (answered: Answered<A>) => {
      const waiting = this.#waiting.get(answered.id)!;
      this.#waiting.delete(answered.id);
      if (this.#waiting.size === 0) this.#worker.unref();
      if ('error' in answered) waiting.reject(answered.error);
      else waiting.resolve(answered.answer);
    });
    this.#worker.on('error', (error) => {
      for (const waiting of this.#waiting.values()) waiting.reject(error);
    });
  }

  ask(question: Q): Promise<A> {
    const id = this.#count++;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, question } satisfies Asked<Q>);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Says, within a {@link Thread}, how it answers. */
export function answers<Q, A>(answer: (question: Q) => Promise<A>): void {
  let before: Promise<void> = Promise.resolve();
  parentPort!.on('message', ({ id, question }: Asked<Q>) => {
    before = before.then(async () => {
      const answered = await answer(question).then(
        (found): Answered<A> => ({ id, answer: found }),
        (error: Error): Answered<A> => ({ id, error }),
      );
      parentPort!.postMessage(answered);
    });
  });
}
