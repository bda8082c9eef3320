/** The kinds of operation of the client: the first three on registers, the others on lists. */
export const CLIENT_OPS = ['read', 'write', 'cas', 'append', 'read-list', 'txn'] as const;
export type ClientOp = (typeof CLIENT_OPS)[number];

/** Those that change nothing; a transaction may. */
export const CLIENT_READS = ['read', 'read-list'] as const satisfies readonly ClientOp[];

/** What became of an attempt, and of an operation. */
export const ATTEMPT_OUTCOMES = {
  ok: 'it was answered, and happened',
  fail: 'it did not happen',
  unknown: 'it was sent, and nobody can tell whether it happened',
  dropped: 'it was never tried, since too many waited',
} as const;
export type AttemptOutcome = keyof typeof ATTEMPT_OUTCOMES;

/** Why an attempt did not succeed. */
export const ATTEMPT_REASONS = {
  busy: 'refused, because of another write or a checkpoint',
  'not-leader': 'refused by a node that does not lead',
  unconnected: 'there was no connection to send it over',
  unsent: 'the connection broke before it was wholly sent',
  refused: 'refused for another reason, and nothing was done',
  lost: 'sent, and not answered, or answered in a way that leaves open whether it happened',
} as const;
export type AttemptReason = keyof typeof ATTEMPT_REASONS;

/** What can be said of the consistency of a history. */
export const CONSISTENCY_VERDICTS = ['valid', 'invalid', 'unknown'] as const;
