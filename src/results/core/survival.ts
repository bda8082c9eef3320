/** A waiting time, or how long was waited in vain: then it is censored, since the true one is longer. */
export interface Waited {
  readonly time: number;
  readonly censored: boolean;
}

/** How many of the waits are over by a time. */
export interface Step {
  readonly time: number;
  /** Share of waits that are over, from 0 to 1. */
  readonly share: number;
  /** Pointwise 95 % interval of the share; null where nothing varies. */
  readonly low: number | null;
  readonly high: number | null;
}

const Z = 1.959964;

/**
 * The distribution of waits of which some were censored: one minus the product-limit estimate of Kaplan and Meier (1958),
 * with intervals from Greenwood's variance on the log(-log) scale (Kalbfleisch and Prentice), which stay within 0 and 1.
 * One step at each time at which a wait was over, from short to long.
 */
export function kaplanMeier(waits: readonly Waited[]): Step[] {
  const sorted = waits.toSorted((a, b) => a.time - b.time || Number(a.censored) - Number(b.censored));
  const steps: Step[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let at = 0; at < sorted.length; ) {
    const { time } = sorted[at]!;
    const here = sorted.filter((one) => one.time === time);
    const over = here.filter((one) => !one.censored).length;
    const atRisk = sorted.length - at;
    if (over > 0) {
      survival *= 1 - over / atRisk;
      greenwood += over / (atRisk * (atRisk - over));
      steps.push({ time, share: 1 - survival, ...interval(survival, greenwood) });
    }
    at += here.length;
  }
  return steps;
}

function interval(survival: number, greenwood: number): Pick<Step, 'low' | 'high'> {
  if (survival <= 0 || survival >= 1) return { low: null, high: null };
  const spread = Math.exp((Z * Math.sqrt(greenwood)) / Math.log(survival));
  return { low: 1 - survival ** spread, high: 1 - survival ** (1 / spread) };
}
