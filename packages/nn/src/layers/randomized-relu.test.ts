import { rrelu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { Network, activate } from '../index.ts';

const width = 50;
const rows = 400;
const length = rows * width;
const minusOnes = new Float32Array(length).fill(-1);

function network(lower?: number, upper?: number): Network {
  const options = { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
  return new Network({ inputs: width, layers: [activate(rrelu(options))] });
}

/** The slopes of one training pass: what −1 becomes, with the other sign. */
function slopes(of: Network): readonly number[] {
  return Array.from(of.forward(minusOnes, { mode: 'training' }), (v) => -v);
}

describe('RReLU in training', () => {
  it.each([
    ['by default', 1 / 8, 1 / 3, network()],
    ['with bounds', 0.4, 0.9, network(0.4, 0.9)],
  ])('draws slopes uniform on [lower, upper] %s', (_, lower, upper, of) => {
    const drawn = slopes(of);
    const range = upper - lower;
    const mean = drawn.reduce((sum, v) => sum + v, 0) / length;
    const variance = drawn.reduce((sum, v) => sum + (v - mean) ** 2, 0) / length;
    const least = drawn.reduce((a, b) => Math.min(a, b));
    const most = drawn.reduce((a, b) => Math.max(a, b));
    expect(least).toBeGreaterThanOrEqual(Math.fround(lower));
    expect(most).toBeLessThanOrEqual(Math.fround(upper));
    // The extremes of n draws are further than 15 / n of the range from the bounds with probability e⁻¹⁵.
    expect(least).toBeLessThan(lower + (15 / length) * range);
    expect(most).toBeGreaterThan(upper - (15 / length) * range);
    // Five standard errors of the mean, and of the variance range² / 12 (fourth moment range⁴ / 80).
    expect(Math.abs(mean - (lower + upper) / 2)).toBeLessThan(5 * (range / Math.sqrt(12 * length)));
    const error = (range ** 2 * Math.sqrt(1 / 80 - 1 / 144)) / Math.sqrt(length);
    expect(Math.abs(variance - range ** 2 / 12)).toBeLessThan(5 * error);
  });

  it('draws a slope of its own for every element, and anew in every pass', () => {
    const of = network();
    const first = slopes(of);
    const second = slopes(of);
    // Rounding to float32 lets a few of 20 000 coincide, no more.
    expect(new Set(first).size).toBeGreaterThan(0.99 * length);
    expect(first.filter((slope, i) => slope === second[i]).length).toBeLessThan(0.01 * length);
    expect(first.filter((slope, i) => slope === first[(i + width) % length]).length).toBeLessThan(0.01 * length);
  });

  it('passes positive elements as they are', () => {
    const of = network();
    const positive = new Float32Array(length).fill(2.5);
    expect(Float32Array.from(of.forward(positive, { mode: 'training' }))).toEqual(positive);
  });

  it('multiplies gradients by the slopes drawn', () => {
    const of = new Network({ inputs: width, layers: [activate(rrelu(), { name: 'first' }), activate(rrelu())] });
    const after = Array.from(of.forward(minusOnes, { mode: 'training' }));
    const between = Array.from(of.output('first'));
    of.backward(new Float32Array(length).fill(1));
    const gradient = of.gradient('first');
    between.forEach((z, i) => expect(gradient[i]).toBeCloseTo(after[i] / z, 6));
  });
});

describe('RReLU in evaluation', () => {
  it('has the mean slope', () => {
    // (1/8 + 1/3) / 2 = 11/48.
    const outputs = network().predict(minusOnes);
    expect(new Set(outputs)).toEqual(new Set([Math.fround(-11 / 48)]));
    for (const output of network(0.4, 0.9).predict(minusOnes)) expect(output).toBeCloseTo(-0.65, 6);
  });
});
