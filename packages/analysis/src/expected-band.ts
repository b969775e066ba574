import type { Layer, Network } from '@relu-lab/nn';
import { finiteWidth } from '@relu-lab/theory';
import { onlyActivation } from './expected-growth.ts';

/**
 * The band that holds 95 % of random ReLU networks of these widths, of the squared gradient at each hidden weight layer over that at the highest, from
 * the input up: theory's factors times what finite width does to one sample's gradient, log-normal with ln ~ N(−5β/2, 5β), β = Σ 1/n over the layers passed.
 * Backwards it is the law of signals: a layer multiplies with σ_w²/2 on average, and 5/n is the variance of the factor, relative to its square.
 * Over many samples networks spread less. Null unless all activations are ReLU, no layer has biases other than 0, and nothing is normalised.
 *
 * @param growths - expected growth of each step down the chain of hidden weight layers, from the lowest up.
 * @see Hanin 2018, https://arxiv.org/abs/1801.03744
 */
export function expectedBand(
  network: Network,
  hidden: readonly Layer[],
  growths: readonly number[],
): readonly (readonly [number, number])[] | null {
  if (onlyActivation(network)?.name !== 'relu' || hidden.some((layer) => hasBias(network, layer))) return null;
  return hidden.map((_, layer) => {
    const [widths, factors] = [hidden.slice(layer, -1).map(({ outputs }) => outputs), growths.slice(layer)];
    const expected = factors.reduce((product, factor) => product * factor, 1);
    if (widths.length === 0) return [expected, expected];
    const { quantile } = finiteWidth({ widths });
    return [expected * quantile(0.025), expected * quantile(0.975)];
  });
}

function hasBias(network: Network, layer: Layer): boolean {
  return layer.parameters.some(
    ({ name, role }) => role === 'bias' && network.parameterValues(name).some((b) => b !== 0),
  );
}
