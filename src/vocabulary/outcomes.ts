/** What became of an operation. */
export const OUTCOMES = ['ok', 'fail', 'indeterminate', 'censored'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Kinds of operation: exec is a write, query a read. */
export const OPS = ['exec', 'query'] as const;
export type Op = (typeof OPS)[number];

/** The classes of errors. */
export const ERROR_CLASSES = [
  'locked',
  'checkpoint',
  'no_leader',
  'timeout',
  'canceled',
  'eof',
  'disk_io',
  'connection',
  'unknown',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];
