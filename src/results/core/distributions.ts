import jstat from 'jstat';

/** Student's t: the value that lies above a share `p` of the distribution; `freedom` need not be whole. */
export function tQuantile(p: number, freedom: number): number {
  return jstat.studentt.inv(p, freedom);
}

/** Student's t: the share of the distribution below `t`. */
export function tBelow(t: number, freedom: number): number {
  return jstat.studentt.cdf(t, freedom);
}

/** Chi-square: the share of the distribution above `x`. */
export function chiSquareAbove(x: number, freedom: number): number {
  return 1 - jstat.chisquare.cdf(x, freedom);
}
