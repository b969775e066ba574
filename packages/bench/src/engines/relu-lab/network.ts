import { type BackendOptions, type Dataset, relu } from '@relu-lab/core';
import { type Network, mlp } from '@relu-lab/nn';
import { labels, layerWeights, uniform } from '../../inputs.ts';
import { networkWidths } from '../../work.ts';

/** A ReLU network with the weights that every engine has, and no biases. */
export function ourNetwork(text: string, backend: BackendOptions): Network {
  const widths = networkWidths(text);
  const [inputs, ...hidden] = widths;
  const outputs = hidden.pop() ?? 1;
  const network = mlp({ inputs, hidden, outputs, activation: relu, seed: 1, backend });
  widths.slice(1).forEach((units, layer) => {
    network.setParameter(`dense${layer + 1}.weight`, layerWeights(layer, widths[layer], units));
    network.setParameter(`dense${layer + 1}.bias`, new Float32Array(units));
  });
  return network;
}

/** The batch that every engine learns. */
export function ourBatch(text: string, rows: number): Dataset {
  const widths = networkWidths(text);
  const features = widths[0];
  const classes = widths[widths.length - 1];
  return {
    name: 'noise',
    rows,
    features,
    classes,
    inputs: uniform(1, rows * features),
    targets: labels(rows, classes),
  };
}
