import { constants } from 'node:os';
import { UserError } from './errors.js';

/** The user, or whoever runs the machine, wants this process to end. */
export class Interrupted extends UserError {
  override name = 'Interrupted';
}

/**
 * Runs `work` with a signal that aborts on Ctrl-C, SIGTERM or SIGHUP, so that it can tidy up instead of being cut
 * off. The process then ends with the exit code that the signal stands for.
 * @throws Interrupted after a signal, whatever `work` came to
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    process.exitCode = 128 + constants.signals[name];
    controller.abort(new Interrupted(`stopped by ${name}`));
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, stop);
  try {
    const result = await work(controller.signal);
    controller.signal.throwIfAborted();
    return result;
  } catch (error) {
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    for (const name of names) process.off(name, stop);
  }
}
