import { UserError } from '../src/common/errors.js';

/** When a campaign has runs enough. */
export interface Until {
  /** How far an interval may reach from its ratio, in ratios: 0.1 is 10 % of the baseline. */
  reach: number;
  /** Blocks that are made before the first look. */
  first: number;
  /** Blocks that are made at most. */
  most: number;
}

/** With fewer blocks, how much runs scatter is hardly known. */
const FEWEST = 3;

/** Reads `10%`. Undefined where the text says no such thing. */
export function parseReach(text: string): number | undefined {
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  const reach = Number(percent) / 100;
  return reach > 0 && reach < 1 ? reach : undefined;
}

/** @throws UserError where no look would come before the last block */
export function untilOf(reach: number, trials: number, most: number): Until {
  const first = Math.max(FEWEST, trials);
  if (most > first) return { reach, first, most };
  throw new UserError(
    `--max-trials: expected more than ${first}, the trials before the first look, received ${most}`,
  );
}

/**
 * The share of certainty that an interval must have at each look. Whoever looks after every block and stops when it suits
 * finds a narrow interval by chance more often than once in twenty: so the 5 % are shared between all looks that there may
 * be (Bonferroni), and the interval holds the truth with 95 % at whichever look it ends.
 */
export function levelOf({ first, most }: Until): number {
  return 1 - 0.05 / (most - first + 1);
}

/**
 * Whether a campaign may end after so many blocks.
 * @param reaches of each ratio, at {@link levelOf}; null where there is no interval yet
 */
export function isEnough(until: Until, blocks: number, reaches: readonly (number | null)[]): boolean {
  if (blocks >= until.most) return true;
  if (blocks < until.first || reaches.length === 0) return false;
  return reaches.every((reach) => reach !== null && reach <= until.reach);
}
