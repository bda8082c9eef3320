import { createHash } from 'node:crypto';
import { UserError } from '../src/common/errors.js';
import type { PlannedRun } from './plan.js';

/** A part of a campaign, made on a machine of its own: of the blocks every `of`-th, from the `number`-th on. */
export interface Part {
  number: number;
  of: number;
  /** Fingerprint of the whole plan. */
  plan: string;
  /** Blocks of the whole plan. */
  blocks: number;
}

/** Reads `3/8`: the third of eight parts. Undefined where the text says no such thing. */
export function parsePart(text: string): Pick<Part, 'number' | 'of'> | undefined {
  const [, number, of] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  if (number === undefined || Number(number) > Number(of)) return undefined;
  return { number: Number(number), of: Number(of) };
}

/** `3/8`. */
export const partName = ({ number, of }: Pick<Part, 'number' | 'of'>) => `${number}/${of}`;

/**
 * The runs of a plan that belong to a part. Blocks stay whole, so that what is compared within one was made on one machine,
 * and keep their numbers, so that all parts together are the plan.
 * @param settled what else all parts must agree in, such as the seed
 * @throws UserError where there are fewer blocks than parts
 */
export function takePart(
  runs: readonly PlannedRun[],
  { number, of }: Pick<Part, 'number' | 'of'>,
  settled: object,
): { part: Part; runs: PlannedRun[] } {
  const blocks = new Set(runs.map(({ block }) => block)).size;
  if (of > blocks) {
    throw new UserError(
      `--part ${number}/${of}: expected at most as many parts as blocks, and the plan has ${blocks}, one a trial: ask for more --trials, or for fewer parts`,
    );
  }
  const plan = createHash('sha256').update(JSON.stringify({ settled, runs })).digest('hex').slice(0, 16);
  return {
    part: { number, of, plan, blocks },
    runs: runs.filter(({ block }) => (block - 1) % of === number - 1),
  };
}
