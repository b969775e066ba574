import { random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type LayerDefinition, Network, alphaDropout, dropout } from '../index.ts';

const width = 40;
const rows = 2500;
const length = rows * width;

/** The outputs of a layer alone. */
function outputs(layer: LayerDefinition, x: Float32Array, mode: 'training' | 'evaluation'): Float32Array {
  const network = new Network({ inputs: width, layers: [layer] });
  return Float32Array.from(network.forward(x, { mode }));
}

const ones = new Float32Array(length).fill(1);

function standardNormal(): Float32Array {
  const x = new Float32Array(length);
  random(17).stream('x').fillNormal(x);
  return x;
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;

describe('dropout in training', () => {
  for (const rate of [0.1, 0.5, 0.8]) {
    it(`makes a share of ${rate} of constant ones 0, and the rest 1 / (1 − ${rate})`, () => {
      const y = outputs(dropout({ rate }), ones, 'training');
      const zeros = y.filter((v) => v === 0).length / length;
      // Five standard errors of a share.
      expect(Math.abs(zeros - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / length));
      expect(new Set(y.filter((v) => v !== 0))).toEqual(new Set([Math.fround(1 / (1 - rate))]));
    });
  }

  it('drops half by default', () => {
    const zeros = outputs(dropout(), ones, 'training').filter((v) => v === 0).length / length;
    expect(Math.abs(zeros - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / length));
  });

  it('draws every row and every pass anew', () => {
    const network = new Network({ inputs: width, layers: [dropout({ rate: 0.5 })] });
    const first = Float32Array.from(network.forward(ones, { mode: 'training' }));
    const second = Float32Array.from(network.forward(ones, { mode: 'training' }));
    const neighbours = first.filter((v, i) => v === first[(i + width) % length]).length / length;
    const passes = first.filter((v, i) => v === second[i]).length / length;
    // Independent fair coins agree half of the time.
    for (const agreement of [neighbours, passes]) {
      expect(Math.abs(agreement - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / length));
    }
  });

  it('is the same for networks of one seed, and another for another seed or another layer', () => {
    const kept = (seed: number, name: string): readonly boolean[] => {
      const network = new Network({ inputs: width, layers: [dropout({ rate: 0.5, name })], seed });
      return Array.from(network.forward(ones, { mode: 'training' }), (v) => v > 0);
    };
    const first = kept(1, 'a');
    expect(kept(1, 'a')).toEqual(first);
    for (const other of [kept(2, 'a'), kept(1, 'b')]) {
      // Independent fair coins agree half of the time.
      const agreement = other.filter((v, i) => v === first[i]).length / length;
      expect(Math.abs(agreement - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / length));
    }
  });

  it('passes the gradient of kept elements, scaled as they were, and none of dropped ones', () => {
    const layers = [dropout({ rate: 0, name: 'passes' }), dropout({ rate: 0.2 })];
    const network = new Network({ inputs: width, layers });
    const y = Array.from(network.forward(ones, { mode: 'training' }));
    network.backward(ones);
    expect(new Set(y)).toEqual(new Set([0, 1.25]));
    expect(Array.from(network.gradient('passes'))).toEqual(y);
  });
});

describe('alpha dropout in training', () => {
  for (const rate of [0.1, 0.5]) {
    const x = standardNormal();
    const y = outputs(alphaDropout({ rate }), x, 'training');
    // PyTorch's alpha_dropout (ATen/native/Dropout.cpp): x a + α a p when kept, −α a + α a p when dropped.
    const alpha = 1.7580993408473766;
    const a = 1 / Math.sqrt((alpha * alpha * rate + 1) * (1 - rate));
    const dropped = -alpha * a + alpha * a * rate;
    const isDropped = Array.from(y, (v) => Math.abs(v - dropped) < 1e-6);

    it(`makes a share of ${rate} the value that PyTorch gives, and the rest an affine function of it`, () => {
      const share = isDropped.filter(Boolean).length / length;
      expect(Math.abs(share - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / length));
      const errors = Array.from(y, (v, i) => (isDropped[i] ? 0 : Math.abs(v - (x[i] * a + alpha * a * rate))));
      expect(errors.reduce((largest, error) => Math.max(largest, error), 0)).toBeLessThan(1e-5);
    });

    it(`keeps mean 0 and variance 1 of standard normal elements at a rate of ${rate}`, () => {
      const squares = Array.from(y, (v) => v * v);
      const fourth = mean(squares.map((v) => v * v));
      // Five standard errors each, for variance 1.
      expect(Math.abs(mean(y))).toBeLessThan(5 / Math.sqrt(length));
      expect(Math.abs(mean(squares) - 1)).toBeLessThan(5 * Math.sqrt((fourth - 1) / length));
    });
  }

  it('drops half by default', () => {
    const y = outputs(alphaDropout(), ones, 'training');
    const lower = y.reduce((least, v) => Math.min(least, v), Infinity);
    const share = y.filter((v) => v === lower).length / length;
    expect(Math.abs(share - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / length));
  });
});

describe('in evaluation', () => {
  it.each([
    ['dropout', dropout({ rate: 0.5 })],
    ['alpha dropout', alphaDropout({ rate: 0.5 })],
  ])('%s is the identity', (_, layer) => {
    const x = standardNormal().subarray(0, 50 * width);
    expect(outputs(layer, x, 'evaluation')).toEqual(x);
    const network = new Network({ inputs: width, layers: [layer] });
    expect(network.predict(x)).toEqual(x);
  });
});
