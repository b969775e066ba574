import { lengthMap } from '@relu-lab/theory';
import { tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { measureGradientSpread } from './gradient-spread.ts';
import { followTwoInputs } from './phases.ts';

describe('measureGradientSpread', () => {
  it('keeps squared gradients on average, whose second moment is (1 + 5/n) a layer', () => {
    const rows = measureGradientSpread({ width: 16, depth: 3, networks: 2000 }, 1);
    const squares = rows.map(({ squaredGradient }) => Number(squaredGradient));
    const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
    const second = squares.reduce((sum, value) => sum + value ** 2, 0) / squares.length;
    // Over 2000 networks the mean strays by √(5/16 × 2 / 2000) = 0.018; four of them.
    expect(Math.abs(mean - 1)).toBeLessThan(0.07);
    // What is sent is normal only in the mean over its own length, so that it counts as given.
    expect(second / (1 + 5 / 16) ** 2).toBeGreaterThan(0.85);
    expect(second / (1 + 5 / 16) ** 2).toBeLessThan(1.15);
  });
});

describe('followTwoInputs', () => {
  const wide = { weightVariance: 1.5, biasVariance: 0.05, width: 300, depth: 4 };

  it('starts from inputs of mean square 1 and correlation ½, and expects what the length map has', () => {
    const [first, second] = followTwoInputs(wide, 1);
    expect(first).toMatchObject({ expectedQ: 1.55, expectedCorrelation: 0.8 / 1.55 });
    expect(second.expectedQ).toBeCloseTo(lengthMap(tanh, { weightVariance: 1.5, biasVariance: 0.05, q: 1.55 }), 12);
  });

  it('comes to that in a wide network, within what its width lets it stray', () => {
    for (const { q, expectedQ, correlation, expectedCorrelation } of followTwoInputs(wide, 2)) {
      expect(Math.abs(Number(q) / Number(expectedQ) - 1)).toBeLessThan(0.3);
      expect(Math.abs(Number(correlation) - Number(expectedCorrelation))).toBeLessThan(0.25);
    }
  });
});
