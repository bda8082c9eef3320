import { Worker } from 'node:worker_threads';
import { type Fonts, INTER } from './fonts.js';
import type { Print, Printed, Sheet } from './print-worker.js';

interface Waiting {
  resolve(print: Print): void;
  reject(error: Error): void;
}

/** Makes of an SVG what readers get, beside the thread that draws. */
export class PrintThread {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #count = 0;
  readonly #fonts: Fonts;

  constructor(fonts: Fonts = INTER) {
    this.#fonts = fonts;
  }

  print(svg: string): Promise<Print> {
    const worker = this.start();
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, svg, fonts: this.#fonts } satisfies Sheet);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  /** Starts the thread, which loads what it needs meanwhile. */
  start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./print-worker.js', import.meta.url));
    worker.on('message', (printed: Printed) => {
      const waiting = this.#waiting.get(printed.id)!;
      this.#waiting.delete(printed.id);
      if ('error' in printed) waiting.reject(printed.error);
      else waiting.resolve(printed);
    });
    worker.on('error', (error) => {
      for (const waiting of this.#waiting.values()) waiting.reject(error);
    });
    this.#worker = worker;
    return worker;
  }
}
