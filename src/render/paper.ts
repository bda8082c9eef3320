import { Worker } from 'node:worker_threads';
import { type Fonts, INTER } from './fonts.js';
import type { Printed, Sheet } from './paper-worker.js';

interface Waiting {
  resolve(files: { pdf: Uint8Array; png: Uint8Array }): void;
  reject(error: Error): void;
}

/** Turns SVG into PDF and PNG beside the thread that draws. */
export class Paper {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #count = 0;
  readonly #fonts: Fonts;

  constructor(fonts: Fonts = INTER) {
    this.#fonts = fonts;
  }

  print(svg: string, title: string): Promise<{ pdf: Uint8Array; png: Uint8Array }> {
    const worker = this.start();
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, svg, title, fonts: this.#fonts } satisfies Sheet);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  /** Starts the thread, which loads what it needs meanwhile. */
  start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./paper-worker.js', import.meta.url));
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
