/* A worker thread of `sweep.ts`: on every message it passes a batch through the networks of its seeds. */
import { parentPort, workerData } from 'node:worker_threads';
import { Arena, createBackend, random, relu } from '@relu-lab/core';
import { layerWeights, uniform } from '../../inputs.ts';
import type { SweepShare } from './sweep.ts';

const { work, backend: options, seeds } = workerData as SweepShare;
const { depth, width, rows } = work;
const arena = new Arena();
const backend = createBackend(arena, options);
const length = rows * width;
const input = arena.allocate(length);
const layers = [arena.allocate(length), arena.allocate(length)];
arena.write(input, uniform(1, length));
const weights = Array.from({ length: work.weights === 'given' ? depth : 1 }, (_, layer) => {
  const offset = arena.allocate(width * width);
  arena.write(offset, layerWeights(layer, width, width));
  return offset;
});
const drawn = new Float32Array(width * width);
const variances = new Float64Array(depth);
const zeroFractions = new Float64Array(depth);

function weightsOf(seed: number, layer: number): number {
  if (work.weights === 'given') return weights[layer];
  random(seed)
    .stream(`layer ${layer}`)
    .fillNormal(drawn, 0, Math.sqrt(2 / width));
  arena.write(weights[0], drawn);
  return weights[0];
}

function passThrough(seed: number): void {
  let from = input;
  for (let layer = 0; layer < depth; layer++) {
    const to = layers[layer % 2];
    backend.matmul(to, width, from, width, 1, weightsOf(seed, layer), 1, width, rows, width, width, false);
    backend.activationForward(relu, to, to, length);
    const mean = backend.sum(to, length) / length;
    variances[layer] = backend.sumOfSquares(to, length) / length - mean * mean;
    zeroFractions[layer] = backend.countZeros(to, length) / length;
    from = to;
  }
}

parentPort?.on('message', () => {
  seeds.forEach(passThrough);
  // What is drawn is each engine's own affair.
  parentPort?.postMessage(work.weights === 'given' ? [variances[depth - 1], zeroFractions[depth - 1]] : []);
});
