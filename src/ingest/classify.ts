import type { ErrorClass, Outcome } from '../vocabulary/outcomes.js';

/**
 * Errors after which an operation is known not to have happened. They are told by how a message ends, since Go puts
 * what went wrong last, behind what it was doing.
 */
const FAILED: readonly [ErrorClass, RegExp][] = [
  ['locked', /(^|: )database is locked$/],
  ['checkpoint', /(^|: )checkpoint in progress$/],
  ['no_leader', /(^|: )no available dqlite leader server found$/],
];

/** Errors after which nobody can tell. */
const UNCERTAIN: readonly [ErrorClass, RegExp][] = [
  ['timeout', /context deadline exceeded|timeout|timed out/i],
  ['canceled', /context canceled/],
  ['disk_io', /disk I\/O error/i],
  ['eof', /\bEOF\b/],
  [
    'connection',
    /connection (refused|reset|closed)|broken pipe|bad connection|closed network connection|no route to host|network is unreachable|failed to create dqlite connection/,
  ],
];

/** The class of an error's message; `unknown` for one never seen before. */
export function classify(message: string): ErrorClass {
  const known = [...FAILED, ...UNCERTAIN].find(([, pattern]) => pattern.test(message));
  return known?.[0] ?? 'unknown';
}

/**
 * The outcome of an operation that ended in an error. The run's end cancels what is under way, which shows as a
 * time-out or a cancellation of the worker's last operation: that one is censored.
 */
export function outcomeOf(errorClass: ErrorClass, lastOfWorker: boolean): Exclude<Outcome, 'ok'> {
  if (FAILED.some(([name]) => name === errorClass)) return 'fail';
  if (lastOfWorker && (errorClass === 'timeout' || errorClass === 'canceled')) return 'censored';
  return 'indeterminate';
}
