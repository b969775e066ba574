/* eslint-disable @nx/enforce-module-boundaries -- a stranger imports whatever is published */
// Read by several compilers. Each wrong assignment must be found: a type that a compiler cannot read would be `any`.
import { sparsity } from '@relu-lab/analysis';
import { type Dataset, activation, backward, forward, random, relu } from '@relu-lab/core';
import { loadMnist, twoMoons } from '@relu-lab/datasets';
import { type Network, crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import { formatNumber } from '@relu-lab/report';
import { type Row, createJobs, experiment } from '@relu-lab/sweep';
import { table } from '@relu-lab/notebook';
import { moments } from '@relu-lab/theory';
import { main } from 'relu-lab';

const network: Network = mlp({ inputs: 2, hidden: [4], outputs: 2, activation: activation('elu', { alpha: 1.7 }) });
const moons: Dataset = twoMoons({ samples: 100 });
const outputs: Float32Array = network.predict(forward(relu, moons.inputs));
export const run = train(network, {
  data: moons,
  loss: crossEntropy(),
  optimizer: sgd({ learningRate: 0.1 }),
  epochs: 1,
});
export const digits: Promise<Dataset> = loadMnist().then(({ test }) => test);
export const row: Row = { mean: random(1).stream('numbers').normal() };

// @ts-expect-error: a number is no string.
export const fromCore: string = relu.value(1);
// @ts-expect-error: a gradient is a Float32Array.
export const array: Float64Array = backward(relu, outputs, outputs);
// @ts-expect-error: a number is no string.
export const fromNn: string = network.parameterCount;
// @ts-expect-error: a number is no string.
export const fromDatasets: string = moons.rows;
// @ts-expect-error: a number is no string.
export const fromAnalysis: string = sparsity(network, moons).layers[0].zeroFraction;
// @ts-expect-error: a number is no string.
export const fromSweep: string = createJobs(experiment<{ x: number }>('file:///x.js', 'run'), [{ x: 1 }], [1])[0].seed;
// @ts-expect-error: a string is no number.
export const fromReport: number = formatNumber(0.5);
// @ts-expect-error: a number is no string.
export const fromTheory: string = moments(relu).mean;
// @ts-expect-error: a table is shown, not returned.
export const fromNotebook: string = table([{ x: 1 }]);
// @ts-expect-error: the exit code is a number.
export const fromCommand: Promise<string> = main(['--help']);
