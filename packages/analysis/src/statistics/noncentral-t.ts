import jstat from 'jstat';

/** Beyond this |t| jStat's series, which starts at e^(−δ²/2), is no longer sound for the δ that matter: near δ = 26 it breaks down. */
const mostForSeries = 10;

/** Standard normal numbers beyond this have less than 1e-16 of the weight. */
const reach = 8.5;

/** P[T ≤ t] for T = (Z + δ)/U, Z standard normal and ν U² chi-squared with ν degrees of freedom: the non-central t distribution. */
export function nonCentralT(t: number, degrees: number, delta: number): number {
  if (t < 0) return 1 - nonCentralT(-t, degrees, -delta);
  return t <= mostForSeries ? jstat.noncentralt.cdf(t, degrees, delta) : byQuadrature(t, degrees, delta);
}

/** ∫ φ(z) P[U ≥ (z + δ)/t] dz: by the trapezoidal rule, at steps that are small beside those in which U varies (in z, t/√(2ν)). */
function byQuadrature(t: number, degrees: number, delta: number): number {
  const step = Math.min(0.05, t / Math.sqrt(2 * degrees) / 5);
  const steps = Math.ceil((2 * reach) / step);
  let sum = 0;
  let weights = 0;
  for (let i = 0; i <= steps; i++) {
    const z = -reach + (2 * reach * i) / steps;
    const weight = Math.exp(-(z * z) / 2);
    const u = Math.max(0, (z + delta) / t);
    sum += weight * (1 - jstat.chisquare.cdf(degrees * u * u, degrees));
    weights += weight;
  }
  return sum / weights;
}
