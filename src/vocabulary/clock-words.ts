/** What is said of a host's clock: how far it is ahead of the collector's, and how well that is known. */
export function clockWords(offsetNs: bigint, errorNs: bigint): string {
  return `${ms(offsetNs)} ms ahead, known to ${ms(errorNs)} ms`;
}

/** How well a host's clock is known, in ms, from such words; undefined where they are others. */
export function clockErrorMs(words: string): number | undefined {
  const error = /^-?[\d.]+ ms ahead, known to ([\d.]+) ms$/.exec(words)?.[1];
  return error === undefined ? undefined : Number(error);
}

/** Known worse than this, the times of two hosts are not compared without a word. */
export const CLOCK_ERROR_LIMIT_MS = 10;

function ms(ns: bigint): string {
  return (Number(ns) / 1e6).toFixed(3);
}
