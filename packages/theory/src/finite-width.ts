import { refuseUnknown } from '@relu-lab/core/options';
import { normalQuantile } from './normal-quantile.ts';
import { checkWidths } from './required-options.ts';

/** What finite width does to the squared length M = |a_L|² / n_L of a random network's last hidden activations, relative to E[M]. */
export interface FiniteWidth {
  /** β = Σ 1/n_l over the hidden layers: what depth costs. */
  readonly beta: number;
  /** E[M²] / E[M]² of the activations, Π (1 + 5/n_l): exact. */
  readonly secondMomentRatio: number;
  /** E[|z_L|⁴] / E[|z_L|²]² of the last hidden layer's pre-activations, whose factor is 1 + 2/n_L: exact. */
  readonly preActivationSecondMomentRatio: number;
  /** Median of M / E[M], e^(−5β/2): asymptotic for small 1/n_l. */
  readonly median: number;
  /**
   * Quantile of M / E[M] at probability p, exp(−5β/2 + Φ⁻¹(p) √(5β)): asymptotic for small 1/n_l, to draw a band.
   *
   * @throws ParameterError unless 0 ≤ p ≤ 1.
   */
  quantile(p: number): number;
}

/**
 * Finite width in a He-initialised ReLU network with Gaussian weights and zero biases. The mean E[M] is kept; but M is log-normal in
 * the limit of deep and wide networks, ln M ~ N(−5β/2, 5β), so that the typical network is e^(−5β/2) times as long as the mean one.
 *
 * @param options.widths - n_l, units of each hidden layer from the first on.
 * @throws ParameterError unless `widths` are whole numbers of at least 1, one a layer.
 * @see Hanin 2018, https://arxiv.org/abs/1801.03744; Hanin & Rolnick 2018, https://arxiv.org/abs/1803.01719
 */
export function finiteWidth(options: { readonly widths: readonly number[] }): FiniteWidth {
  refuseUnknown('finiteWidth', options, ['widths']);
  const { widths } = options;
  checkWidths('finiteWidth', widths);
  const beta = widths.reduce((sum, width) => sum + 1 / width, 0);
  const secondMomentRatio = widths.reduce((product, width) => product * (1 + 5 / width), 1);
  const last = widths[widths.length - 1];
  return {
    beta,
    secondMomentRatio,
    preActivationSecondMomentRatio: (secondMomentRatio * (1 + 2 / last)) / (1 + 5 / last),
    median: Math.exp((-5 * beta) / 2),
    quantile: (p) => Math.exp((-5 * beta) / 2 + normalQuantile(p) * Math.sqrt(5 * beta)),
  };
}
