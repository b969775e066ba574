import { random, relu } from '@relu-lab/core';
import { adam, crossEntropy, mlp, train } from '@relu-lab/nn';
import { twoMoons } from './two-moons.js';

const data = twoMoons(500, random(1).stream('training'));
const validation = twoMoons(500, random(1).stream('test'));
const network = mlp({ inputs: 2, hidden: [16, 16], outputs: 2, activation: relu, seed: 1 });
const run = await train(network, {
  data,
  validation,
  loss: crossEntropy(),
  optimizer: adam({ learningRate: 0.01 }),
  epochs: 40,
  batchSize: 32,
  seed: 1,
});

const output = document.querySelector('output');
output.textContent = run.history.at(-1).validation.accuracy.toFixed(3);
output.dataset.status = run.status;
