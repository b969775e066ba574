import { ParameterError, type RandomStream, random } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { bornDeadProbability } from './born-dead.ts';

/** The lower bound as Lu et al. 2019 write it. */
function published(width: number, depth: number): number {
  const p = 2 ** -width;
  const a1 = 1 - p;
  const a2 = 1 - 2 * p - (width - 1) * p * p;
  const weight = ((1 - 2 * p) * (1 - p)) / (1 + (width - 1) * p);
  return 1 - a1 ** (depth - 2) + weight * (a2 ** (depth - 2) - a1 ** (depth - 2));
}

/** Whether a layer of a random ReLU network with one input is silent on 1, and whether one is silent on both 1 and −1. */
function drawn(
  width: number,
  depth: number,
  stream: RandomStream,
): { readonly onOne: boolean; readonly onAll: boolean } {
  let right = [1];
  let left = [-1];
  for (let layer = 1; layer < depth; layer++) {
    const [nextRight, nextLeft]: [number[], number[]] = [[], []];
    for (let unit = 0; unit < width; unit++) {
      let [onRight, onLeft] = [0, 0];
      for (let i = 0; i < right.length; i++) {
        const weight = stream.normal();
        onRight += weight * right[i];
        onLeft += weight * left[i];
      }
      nextRight.push(Math.max(0, onRight));
      nextLeft.push(Math.max(0, onLeft));
    }
    [right, left] = [nextRight, nextLeft];
  }
  const silent = (a: readonly number[]): boolean => a.every((value) => value === 0);
  return { onOne: silent(right), onAll: silent(right) && silent(left) };
}

describe('bornDeadProbability', () => {
  it('equals 2⁻²ᴺ(3 − 2¹⁻ᴺ) for three weight layers', () => {
    for (const width of [1, 2, 3, 8]) {
      expectRelative(bornDeadProbability({ width, depth: 3 }).lowerBound, 4 ** -width * (3 - 2 ** (1 - width)), 1e-14);
    }
  });

  it('has the lower bound that was published', () => {
    for (const width of [1, 2, 3, 5, 8]) {
      for (const depth of [3, 4, 7, 20, 100]) {
        expectRelative(bornDeadProbability({ width, depth }).lowerBound, published(width, depth), 1e-10);
      }
    }
  });

  it('silences one input with probability 1 − (1 − 2⁻ᴺ)^(L−1)', () => {
    expect(bornDeadProbability({ width: 2, depth: 3 }).singleInput).toBeCloseTo(1 - 0.75 ** 2, 15);
    expect(bornDeadProbability({ width: 8, depth: 20 }).singleInput).toBeCloseTo(1 - (255 / 256) ** 19, 15);
  });

  it.each([
    [2, 3],
    [2, 6],
    [3, 10],
    [4, 12],
  ])('bounds the share of 20 000 drawn networks: width %d, depth %d', (width, depth) => {
    const trials = 20_000;
    const stream = random(7).stream(`${width}x${depth}`);
    let onOne = 0;
    let onAll = 0;
    for (let trial = 0; trial < trials; trial++) {
      const fate = drawn(width, depth, stream);
      onOne += fate.onOne ? 1 : 0;
      onAll += fate.onAll ? 1 : 0;
    }
    const { singleInput, lowerBound, upperBound } = bornDeadProbability({ width, depth });
    const error = (p: number): number => 4 * Math.sqrt((p * (1 - p)) / trials);
    expect(Math.abs(onOne / trials - singleInput)).toBeLessThan(error(singleInput));
    expect(onAll / trials).toBeGreaterThan(lowerBound - error(lowerBound));
    expect(onAll / trials).toBeLessThan(upperBound + error(upperBound));
    if (depth === 3) expect(Math.abs(onAll / trials - lowerBound)).toBeLessThan(error(lowerBound));
  });

  it('is impossible without hidden layers, and for all inputs with one', () => {
    expect(bornDeadProbability({ width: 3, depth: 1 })).toEqual({ singleInput: 0, lowerBound: 0, upperBound: 0 });
    expect(bornDeadProbability({ width: 3, depth: 2 })).toEqual({
      singleInput: 0.125,
      lowerBound: 0,
      upperBound: 0.125,
    });
  });

  it('keeps its digits where the published form has none left', () => {
    // To second order in p: after k layers one half-line is lost with probability 2p (k + 1), and both in one layer with p².
    const { lowerBound, singleInput } = bornDeadProbability({ width: 60, depth: 12 });
    const [p, steps] = [2 ** -60, 10];
    expectRelative(lowerBound, p * p * (steps * (steps + 1) + steps), 1e-12);
    expectRelative(singleInput, 11 * p, 1e-12);
  });

  it('has a lower bound below the upper one, and grows with depth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 200 }), (width, depth) => {
        const { lowerBound, upperBound } = bornDeadProbability({ width, depth });
        expect(lowerBound).toBeGreaterThanOrEqual(0);
        expect(lowerBound).toBeLessThanOrEqual(upperBound);
        expect(upperBound).toBeLessThanOrEqual(1);
        expect(bornDeadProbability({ width, depth: depth + 1 }).lowerBound).toBeGreaterThanOrEqual(lowerBound);
      }),
    );
  });

  it('refuses widths and depths below 1', () => {
    expect(() => bornDeadProbability({ width: 0, depth: 3 })).toThrow(ParameterError);
    expect(() => bornDeadProbability({ width: 3, depth: 0 })).toThrow('depth of bornDeadProbability must be');
    expect(() => bornDeadProbability({ width: 2.5, depth: 3 })).toThrow(ParameterError);
  });
});
