import { kaplanMeier, type Step, type Waited } from './survival.js';

/** Waits that were over by themselves after about as long, so that they are one hump of a distribution. */
export interface Hump {
  /** The shortest and the longest of them, in s. */
  readonly least: number;
  readonly most: number;
  readonly trials: number;
}

/** For how long trials waited, as a distribution: with several humps, no middle of it was the wait of any trial. */
export interface Waits {
  readonly waits: readonly Waited[];
  readonly steps: readonly Step[];
  /** From short to long; censored waits are in none. */
  readonly humps: readonly Hump[];
}

/** The distribution of these waits, in s. */
export function waitsOf(waits: readonly Waited[]): Waits {
  const own = waits.filter((one) => !one.censored).map(({ time }) => time);
  const humps = humpsOf(own, (time) => time).map((times) => ({
    least: times[0]!,
    most: times.at(-1)!,
    trials: times.length,
  }));
  return { waits, steps: kaplanMeier(waits), humps };
}

/** Waits further apart than this, in s, are of different humps: half a dial time-out of go-dqlite. */
export const APART_S = 2.5;

/** What waited for about as long, in groups, the shortest first. */
export function humpsOf<T>(all: readonly T[], timeOf: (one: T) => number): T[][] {
  const humps: T[][] = [];
  for (const one of all.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    const last = humps.at(-1);
    if (last && timeOf(one) - timeOf(last.at(-1)!) <= APART_S) last.push(one);
    else humps.push([one]);
  }
  return humps;
}

/** An event is recorded once what it tells of is done; clients may have gone on a moment before. */
const RECORDED_LATE_S = 0.05;

/**
 * A wait of which somebody may have been the end, by lifting the fault or ending the run: then it is censored at that
 * instant, since nobody knows how long it would have lasted.
 * @param over when it was over, null where that was not seen
 * @param ended when the fault, or the run, was ended; null where it was not before the wait was over
 */
export function waitUntil(over: number | null, ended: number | null): Waited {
  if (over !== null && (ended === null || over < ended - RECORDED_LATE_S))
    return { time: over, censored: false };
  return { time: ended ?? 0, censored: true };
}

/** The share of waits that were over within a time. */
export interface Within {
  share: number;
  /** How many of the waits were neither over nor censored just before that time, or are known to be over by then. */
  known: number;
}

/** The share of waits that is over within `time` (Kaplan–Meier); null where none was watched for so long. */
export function shareWithin({ waits, steps }: Waits, time: number): Within | null {
  const known = waits.filter((one) => !one.censored || one.time >= time).length;
  const last = steps.findLast((step) => step.time <= time)?.share ?? 0;
  const watched = last >= 1 || waits.some((one) => one.time >= time);
  return watched ? { share: last, known } : null;
}
