/** An axis whose labels may have several lines, separated by \\n: Vega centres the first, so all are raised by half of the others. */
export const LINES = {
  labelExpr: "split(datum.label, '\\n')",
  labelOffset: { expr: "-5 * (length(split(datum.label, '\\n')) - 1)" },
  ticks: false,
  domain: false,
  grid: false,
} as const;

/** The px that each row needs at least for names of so many lines. */
export function linesHeight(labels: readonly string[]): number {
  return LINE * Math.max(...labels.map((label) => label.split('\n').length));
}

/** Of a label, in px. */
const LINE = 10;

/** The powers of ten around these values, for the ticks of a logarithmic axis. */
export function powersOfTen(values: readonly (number | null)[]): number[] {
  const powers = values.filter((value) => value !== null && value > 0).map((value) => Math.log10(value!));
  const from = Math.floor(Math.min(...powers));
  return Array.from({ length: Math.ceil(Math.max(...powers)) - from + 1 }, (_, i) => 10 ** (from + i));
}

/** Labels of shares as per cents: `50 %`. */
export const PERCENT = "format(100 * datum.value, '~g') + ' %'";

/** A thin bar, for the legend of whiskers: a shape as Vega draws it, 2 units wide. */
export const WHISKER_SHAPE = 'M-1.4,-0.12L1.4,-0.12L1.4,0.12L-1.4,0.12Z';

/** A thick bar, for the legend of intervals that are drawn as bars. */
export const BAND_SHAPE = 'M-1.4,-0.3L1.4,-0.3L1.4,0.3L-1.4,0.3Z';

/** An upright tick, for a legend. */
export const TICK_SHAPE = 'M-0.12,-1L0.12,-1L0.12,1L-0.12,1Z';

/** An upright tick in three pieces, for the legend of dashed rules. */
export const DASHED_TICK_SHAPE =
  'M-0.12,-1L0.12,-1L0.12,-0.55L-0.12,-0.55ZM-0.12,-0.22L0.12,-0.22L0.12,0.22L-0.12,0.22ZM-0.12,0.55L0.12,0.55L0.12,1L-0.12,1Z';

/** A share that is drawn narrower than this part of a plot cannot be seen. */
export const LEAST_SEEN = 0.004;
