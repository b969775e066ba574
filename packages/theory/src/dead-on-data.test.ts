import { ParameterError, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { reference } from '../test/reference.ts';
import { deadOnData } from './dead-on-data.ts';

describe('deadOnData', () => {
  it('is 2⁻ᵐ for independent samples, 1/(m + 1) at ρ = 1/2, and 1/2 for equal ones', () => {
    for (const samples of [1, 2, 10, 500]) {
      expect(deadOnData({ samples, correlation: 0 }).dead).toBe(2 ** -samples);
      expectRelative(deadOnData({ samples, correlation: 0.5 }).dead, 1 / (samples + 1), 1e-14);
      expect(deadOnData({ samples, correlation: 1 }).dead).toBe(0.5);
    }
  });

  it('is continuous there', () => {
    for (const samples of [2, 10, 500]) {
      expectRelative(deadOnData({ samples, correlation: 0.5 + 1e-9 }).dead, 1 / (samples + 1), 1e-7);
      expectRelative(deadOnData({ samples, correlation: 0.5 - 1e-9 }).dead, 1 / (samples + 1), 1e-7);
    }
    expect(deadOnData({ samples: 5, correlation: 1e-12 }).dead).toBeCloseTo(2 ** -5, 10);
    expect(deadOnData({ samples: 5, correlation: 1 - 1e-12 }).dead).toBeCloseTo(0.5, 5);
  });

  it('is an arcsine for two and three samples', () => {
    for (const correlation of [0.1, 0.37, 0.8, 0.99]) {
      const arc = Math.asin(correlation) / Math.PI;
      expectRelative(deadOnData({ samples: 2, correlation }).dead, 1 / 4 + arc / 2, 1e-12);
      expectRelative(deadOnData({ samples: 3, correlation }).dead, 1 / 8 + (3 * arc) / 4, 1e-12);
    }
  });

  it.each(reference.deadOnData)(
    'agrees with mpmath: $samples samples, ρ = $correlation',
    ({ samples, correlation, dead }) => {
      expectRelative(deadOnData({ samples, correlation }).dead, dead, 1e-10);
    },
  );

  it('is always on as often as dead', () => {
    const { dead, alwaysOn } = deadOnData({ samples: 30, correlation: 0.9 });
    expect(alwaysOn).toBe(dead);
  });

  it('is the share of units of a random layer that are silent on data with those correlations', () => {
    // Samples with one common direction: the cosine of any two is ρ exactly. Units draw Gaussian weights.
    const [samples, units, correlation] = [12, 40_000, 0.7];
    const stream = random(3).stream('units');
    let dead = 0;
    let alwaysOn = 0;
    for (let unit = 0; unit < units; unit++) {
      const common = Math.sqrt(correlation) * stream.normal();
      let positive = 0;
      for (let i = 0; i < samples; i++) {
        if (common + Math.sqrt(1 - correlation) * stream.normal() > 0) positive++;
      }
      if (positive === 0) dead++;
      if (positive === samples) alwaysOn++;
    }
    const expected = deadOnData({ samples, correlation }).dead;
    const error = 4 * Math.sqrt((expected * (1 - expected)) / units);
    expect(Math.abs(dead / units - expected)).toBeLessThan(error);
    expect(Math.abs(alwaysOn / units - expected)).toBeLessThan(error);
  });

  it('works for a million samples', () => {
    const { dead } = deadOnData({ samples: 1e6, correlation: 0.9 });
    expect(dead).toBeGreaterThan(0.04);
    expect(dead).toBeLessThan(0.1);
    expectRelative(deadOnData({ samples: 1e6, correlation: 0.5 - 1e-12 }).dead, 1e-6, 1e-5);
  });

  it('refuses no samples, and what is no correlation', () => {
    expect(() => deadOnData({ samples: 0, correlation: 0.5 })).toThrow(ParameterError);
    expect(() => deadOnData({ samples: 0, correlation: 0.5 })).toThrow('a whole number of at least 1');
    for (const correlation of [-0.1, 1.1, NaN]) {
      expect(() => deadOnData({ samples: 3, correlation })).toThrow(ParameterError);
    }
  });
});
