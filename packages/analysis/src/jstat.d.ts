/** The part of jStat that this package uses; it ships no types. */
declare module 'jstat' {
  const jstat: {
    readonly studentt: {
      /** The quantile of Student's t distribution. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
