// Read by a compiler that knows the browser and not Node. Each wrong assignment must be found.
import { sparsity } from '@relu-lab/analysis';
import { type Dataset, forward, initializer, random, relu } from '@relu-lab/core';
import { type Network, crossEntropy, mlp, sgd, train } from '@relu-lab/nn';

const network: Network = mlp({
  inputs: 2,
  hidden: [4],
  outputs: 2,
  activation: relu,
  weights: initializer('he-normal'),
});
const outputs: Float32Array = network.predict(forward(relu, new Float32Array(2)));
const data: Dataset = { name: 'one', rows: 1, features: 2, classes: 2, inputs: outputs, targets: Int32Array.of(0) };
const controller = new AbortController();
export const run = train(network, {
  data,
  loss: crossEntropy(),
  optimizer: sgd({ learningRate: random(1).stream('rate').uniform() }),
  epochs: 1,
  signal: controller.signal,
});

// @ts-expect-error: a number is no string.
export const fromCore: string = relu.value(1);
// @ts-expect-error: a number is no string.
export const fromNn: string = network.parameterCount;
// @ts-expect-error: a number is no string.
export const fromAnalysis: string = sparsity(network, data).layers[0].zeroFraction;
// @ts-expect-error: outputs are a Float32Array.
export const array: Float64Array = network.predict(outputs);
