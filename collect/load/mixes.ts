import type { ClientOp } from '../../src/vocabulary/attempts.js';

export type Mix = Readonly<Partial<Record<ClientOp, number>>>;

/** Mixes that a scenario can name: shares of operations on registers. */
export const MIXES = {
  'read-mostly': { read: 0.95, write: 0.05 },
  mixed: { read: 0.5, write: 0.5 },
  'write-mostly': { read: 0.1, write: 0.9 },
} as const satisfies Record<string, Mix>;

export type MixName = keyof typeof MIXES;

export const MIX_NAMES = Object.keys(MIXES) as MixName[];
