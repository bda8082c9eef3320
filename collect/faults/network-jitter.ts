import { holding } from './parts/holding.js';

/** What the standard deviation of times is that are as likely as each other, as a share of their range. */
const UNIFORM = 1 / Math.sqrt(12);

/** Each packet is held for a time of its own, so that some overtake others, as by the kernel's network emulator. */
export default holding({
  from: 'all',
  times: (ms) => ({ leastMs: 0, spreadMs: ms }),
  metric: 'round_trip_deviation',
  pings: 20,
  look: standardDeviation,
  expected: (ms) => ms * UNIFORM,
  // that of 20 times differs from look to look, by a tenth
  leastShare: 0.6,
});

function standardDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
