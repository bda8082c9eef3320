import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../common/errors.js';
import type { EncodedOperations } from '../dataset/operations.js';
import type { ThreadData, ThreadMessage } from './pool.js';
import { readResultsFile } from './read-file.js';

/**
 * A thread that reads results files: it takes the next one that no other has taken, until none is left. It waits when
 * too many of its blocks are not handed over yet, so that memory does not grow with the input.
 */
const { files, taken, handedOver, mostWaiting } = workerData as ThreadData;
const port = parentPort!;
let sent = 0;

for (let file = Atomics.add(taken, 0, 1); file < files.length; file = Atomics.add(taken, 0, 1)) {
  try {
    const reading = readResultsFile(files[file]!, (block) => sendBlock(file, block));
    let step = reading.next();
    while (!step.done) step = reading.next();
    port.postMessage({ file, read: step.value } satisfies ThreadMessage);
  } catch (error) {
    const known = error instanceof UserError;
    const message = known ? error.message : String((error as Error).stack ?? error);
    port.postMessage({ file, error: { message, known } } satisfies ThreadMessage);
    break;
  }
}

function sendBlock(file: number, block: EncodedOperations): void {
  for (
    let done = Atomics.load(handedOver, 0);
    sent - done >= mostWaiting;
    done = Atomics.load(handedOver, 0)
  ) {
    Atomics.wait(handedOver, 0, done);
  }
  const { starts, latencies, errors } = block;
  const arrays = [starts.body, latencies?.body, errors?.message, errors?.outcome, errors?.errorClass];
  const buffers = arrays.flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []));
  port.postMessage({ file, block } satisfies ThreadMessage, buffers);
  sent++;
}
