/** The part of jstat that is used here; the package has no types. */
declare module 'jstat' {
  const jstat: {
    readonly studentt: {
      /** Quantile of Student's t distribution. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
