import type { Model } from '../vocabulary/models.js';

interface AnomalyDescription {
  readonly about: string;
  /** What Adya (1999), Elle and Berenson call it; null where they have no name for it. */
  readonly adya: string | null;
  /** The strongest model in which it can be seen. */
  readonly allowedBy: Model;
}

/**
 * Every anomaly that the checkers name. A history of registers whose single operations each are a transaction is held to
 * the same models: linearizability is then strict serializability.
 */
export const ANOMALIES = {
  'stale read': {
    about: 'a read returned an older state, although a newer one had been confirmed or seen before it began',
    adya: 'G-single-realtime',
    allowedBy: 'serializability',
  },
  'lost write': {
    about: 'a write was confirmed, and nobody who looked afterwards saw it',
    adya: 'G-single-realtime',
    allowedBy: 'serializability',
  },
  'resurrected write': {
    about: 'an older value came back, and stayed, after a newer one had been seen',
    adya: 'G-single-realtime',
    allowedBy: 'serializability',
  },
  'read before write': {
    about: 'a read ended before what it returned was sent',
    adya: 'G1c-realtime',
    allowedBy: 'serializability',
  },
  'write cycle by time': {
    about: 'appends stand in an order that their times exclude, through several lists',
    adya: 'G0-realtime',
    allowedBy: 'serializability',
  },
  'write skew': {
    about: 'two transactions each read what the other one changed, and saw it unchanged',
    adya: 'G2-item',
    allowedBy: 'snapshot isolation',
  },
  'long fork': {
    about: 'two readers saw two independent changes in opposite orders',
    adya: 'G-nonadjacent',
    allowedBy: 'read committed',
  },
  'lost update': {
    about: 'two operations changed what both had read in the same state',
    adya: 'lost-update',
    allowedBy: 'read committed',
  },
  'fractured read': {
    about: 'a transaction saw one part of another one, and not the other part',
    adya: 'G-single',
    allowedBy: 'read committed',
  },
  'read skew': {
    about: 'a transaction saw what depends on a change, and not the change itself',
    adya: 'G-single',
    allowedBy: 'read committed',
  },
  'internal inconsistency': {
    about: 'reads of one transaction contradict each other or its own appends',
    adya: 'internal',
    allowedBy: 'read committed',
  },
  'aborted read': {
    about: 'a read returned what a failed operation had written',
    adya: 'G1a',
    allowedBy: 'read uncommitted',
  },
  'dirty read': {
    about: 'a read returned what an operation without an answer had written, and it was gone afterwards',
    adya: 'G1a',
    allowedBy: 'read uncommitted',
  },
  'intermediate read': {
    about: 'a read saw a state between two appends of the same transaction',
    adya: 'G1b',
    allowedBy: 'read uncommitted',
  },
  'circular information flow': {
    about: 'transactions saw each other in a circle',
    adya: 'G1c',
    allowedBy: 'read uncommitted',
  },
  'write cycle': {
    about: 'the appends of transactions stand in each other’s way in a circle',
    adya: 'G0',
    allowedBy: 'none',
  },
  'duplicate append': {
    about: 'an element that was appended once stands in a list more than once',
    adya: 'duplicate-elements',
    allowedBy: 'none',
  },
  'reordered append': {
    about: 'elements stand in an order that another read or the times of their appends exclude',
    adya: 'incompatible-order',
    allowedBy: 'none',
  },
  'vanished append': {
    about: 'a confirmed append was seen, and was gone afterwards',
    adya: 'incompatible-order',
    allowedBy: 'none',
  },
  'unwritten value': {
    about: 'a read returned what nobody had written',
    adya: null,
    allowedBy: 'none',
  },
  'no order': {
    about: 'no order of the operations explains what they returned',
    adya: null,
    allowedBy: 'none',
  },
} as const satisfies Record<string, AnomalyDescription>;

export type AnomalyName = keyof typeof ANOMALIES;
