declare module 'jstat' {
  const jstat: {
    studentt: { inv(p: number, freedom: number): number; cdf(t: number, freedom: number): number };
    chisquare: { cdf(x: number, freedom: number): number };
  };
  export default jstat;
}
