/** The part of jStat that this package uses; it ships no types. */
declare module 'jstat' {
  interface Distribution {
    /** P[X ≤ x]. */
    cdf(x: number, ...parameters: readonly number[]): number;
    /** The quantile. */
    inv(probability: number, ...parameters: readonly number[]): number;
  }
  const jstat: {
    /** Student's t; its parameter is the degrees of freedom. */
    readonly studentt: Distribution;
    /** Mean and standard deviation. */
    readonly normal: Distribution;
    /** The two shapes. */
    readonly beta: Distribution;
    /** Degrees of freedom. */
    readonly chisquare: Distribution;
    /** Degrees of freedom, non-centrality. */
    readonly noncentralt: Distribution;
    /** The regularised incomplete beta function I_x(a, b). */
    ibeta(x: number, a: number, b: number): number;
    /** ln Γ(x). */
    gammaln(x: number): number;
  };
  export default jstat;
}
