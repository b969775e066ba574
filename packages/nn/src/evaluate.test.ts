import { type Dataset, random, relu, selu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type Evaluation, Network, crossEntropy, evaluate, meanSquaredError, mlp } from './index.ts';

function threeClasses(rows: number): Dataset {
  const stream = random(6).stream('three classes');
  const inputs = Float32Array.from({ length: rows * 2 }, () => stream.normal());
  const targets = Int32Array.from({ length: rows }, () => stream.integer(3));
  return { name: 'three classes', rows, features: 2, classes: 3, inputs, targets };
}

/** Mean of −log softmax(logits)[label], and share of labels that are the largest, in float64 from the predictions. */
function byHand(network: Network, { rows, inputs, targets }: Dataset): Evaluation {
  const logits = network.predict(inputs);
  let loss = 0;
  let right = 0;
  for (let r = 0; r < rows; r++) {
    const row = Array.from(logits.subarray(r * 3, r * 3 + 3));
    loss += Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0)) - row[targets[r]];
    if (row.indexOf(Math.max(...row)) === targets[r]) right++;
  }
  return { loss: loss / rows, accuracy: right / rows };
}

describe('evaluate', () => {
  it.each([
    ['a partial last batch of the default size', 300, 0],
    ['a partial last batch of one row', 257, 0],
    ['a partial last batch of the size reserved', 20, 7],
    ['fewer rows than reserved', 5, 64],
  ])('weighs every row alike with %s', (_, rows, reserved) => {
    const network = mlp({ inputs: 2, hidden: [8], outputs: 3, activation: relu, seed: 4 });
    if (reserved > 0) network.reserve(reserved);
    const data = threeClasses(rows);
    const found = evaluate(network, data, crossEntropy());
    const expected = byHand(network.clone(), data);
    expect(found.loss).toBeCloseTo(expected.loss, 6);
    expect(found.accuracy).toBe(expected.accuracy);
  });

  it.each([relu, selu])('is in evaluation mode: no noise of dropout, no batch statistics (%#)', (activation) => {
    const options = { inputs: 2, hidden: [16, 16], outputs: 3, activation, seed: 4, dropout: 0.5 };
    const network = mlp({ ...options, normalization: 'batch' });
    const data = threeClasses(50);
    const before = network.snapshot();
    const found = evaluate(network, data, crossEntropy());
    const expected = byHand(network, data);
    expect(found.loss).toBeCloseTo(expected.loss, 6);
    expect(found.accuracy).toBe(expected.accuracy);
    expect(network.snapshot()).toEqual(before);
    expect(evaluate(network, data, crossEntropy())).toEqual(found);
  });

  it('gives the loss without the penalty on activations', () => {
    const network = mlp({ inputs: 2, hidden: [8], outputs: 3, activation: relu, seed: 4 });
    const data = threeClasses(50);
    const penalised = evaluate(network, data, crossEntropy({ activationPenalty: 10 }));
    expect(penalised.loss).toBeCloseTo(byHand(network, data).loss, 6);
  });

  it('gives the mean of squares over rows and outputs, and no accuracy, for values', () => {
    const network = mlp({ inputs: 2, hidden: [8], outputs: 3, activation: relu, seed: 4 });
    network.reserve(7);
    const rows = 20;
    const inputs = threeClasses(rows).inputs;
    const targets = Float32Array.from({ length: rows * 3 }, (_, i) => Math.sin(i));
    const found = evaluate(network, { name: 'values', rows, features: 2, inputs, targets }, meanSquaredError());
    const outputs = network.predict(inputs);
    const expected = targets.reduce((sum, target, i) => sum + (outputs[i] - target) ** 2, 0) / (rows * 3);
    expect(found.loss).toBeCloseTo(expected, 6);
    expect(found.accuracy).toBeNull();
  });

  it('gives its memory back, also when the loss throws', () => {
    const network = mlp({ inputs: 2, hidden: [8], outputs: 3, activation: relu, seed: 4 });
    const data = threeClasses(50);
    network.predict(data.inputs);
    const mark = network.arena.mark();
    evaluate(network, data, crossEntropy());
    expect(network.arena.mark()).toBe(mark);
    const measure = (): never => {
      throw new RangeError('mine');
    };
    expect(() => evaluate(network, data, { ...crossEntropy(), measure })).toThrow(RangeError);
    expect(network.arena.mark()).toBe(mark);
  });
});
