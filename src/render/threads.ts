import type { Drawing, DrawnFiles } from './draw-files.js';
import type { Sheet } from './png-worker.js';
import { Thread } from './thread.js';

/** The threads that draw: one what a spec says, one the PNGs, so that neither they nor who asks the dataset waits for another. */
export interface Threads {
  drawing: Thread<Drawing, DrawnFiles>;
  png: Thread<Sheet, Uint8Array>;
}

/** Vega makes much that is gone at once: with more room for it, a tenth of the time is saved that looking through it takes. */
const YOUNG_MB = 192;

let ahead: Threads | undefined;

/** Starts the threads before there is anything to draw. */
export function startThreads(): void {
  ahead ??= start();
}

/** The threads that were started ahead, or others; whoever takes them closes them. */
export function takeThreads(): Threads {
  const taken = ahead ?? start();
  ahead = undefined;
  return taken;
}

function start(): Threads {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  return {
    drawing: new Thread(new URL('./draw-worker.js', import.meta.url), { resourceLimits }),
    png: new Thread(new URL('./png-worker.js', import.meta.url)),
  };
}
