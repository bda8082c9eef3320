import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that counts. @throws InvalidArgumentError for what is no whole number from 1 */
export function whole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1.');
}
