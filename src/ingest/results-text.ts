/** What a results file holds: times are ns, starts since 1970. */
export interface Results {
  measurements: Iterable<readonly [start: bigint, latency: bigint]>;
  errors: Iterable<readonly [start: bigint, message: string]>;
}

/** What the benchmark prints as the least of no durations: the greatest int64. */
const NO_MINIMUM = 9_223_372_036_854_775_807n;

/** The text of a results file, as dqlite-benchmark prints it. */
export function resultsText({ measurements, errors }: Results): string {
  let measured = '';
  let failed = '';
  let n = 0n;
  let nErr = 0;
  let sum = 0n;
  let most = 0n;
  let least = NO_MINIMUM;
  for (const [start, latency] of measurements) {
    measured += `${start} ${milliseconds(latency)}\n`;
    n++;
    sum += latency;
    if (latency > most) most = latency;
    if (latency < least) least = latency;
  }
  for (const [start, message] of errors) {
    failed += `${start} ${message}\n`;
    nErr++;
  }
  return layout({ n, nErr, sum, most, least, measured, failed });
}

/** What the parts of a results file are made of; `measured` and `failed` are whole lines. */
export interface Parts {
  n: bigint;
  nErr: number;
  /** Of the latencies, in ns. */
  sum: bigint;
  most: bigint | null;
  least: bigint | null;
  measured: string;
  failed: string;
}

/** The text of a results file from its lines. */
export function layout({ n, nErr, sum, most, least, measured, failed }: Parts): string {
  return `n ${n}
n_err ${nErr}
avg [ms] ${milliseconds(n > 0n ? sum / n : 0n)}
max [ms] ${milliseconds(most ?? 0n)}
min [ms] ${milliseconds(least ?? NO_MINIMUM)}
measurements [timestamp in ns] [ms]
${measured}
errors
${failed}
`;
}

/** Nanoseconds as milliseconds with six decimals. */
function milliseconds(ns: bigint): string {
  return `${ns / 1_000_000n}.${String(ns % 1_000_000n).padStart(6, '0')}`;
}
