import { ParameterError, type RandomStream, normalCumulative, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { finiteWidth } from './finite-width.ts';

/** |a_L|²/n_L and |z_L|²/n_L of He networks: given the layer below, pre-activations are independent N(0, 2 |a|²/n). */
function drawn(
  widths: readonly number[],
  stream: RandomStream,
): { readonly activations: number; readonly preActivations: number } {
  let length = 1;
  let before = 1;
  for (const width of widths) {
    let [positive, all] = [0, 0];
    for (let unit = 0; unit < width; unit++) {
      const z = Math.sqrt(2 * length) * stream.normal();
      all += z * z;
      if (z > 0) positive += z * z;
    }
    [length, before] = [positive / width, all / width];
  }
  return { activations: length, preActivations: before };
}

const secondMomentRatio = (values: readonly number[]): number => {
  const mean = (powers: readonly number[]): number => powers.reduce((sum, value) => sum + value, 0) / powers.length;
  return mean(values.map((value) => value * value)) / mean(values) ** 2;
};

describe('finiteWidth', () => {
  it('has β = Σ 1/n and Π (1 + 5/n), with 1 + 2/n last for pre-activations', () => {
    const {
      beta,
      secondMomentRatio: ratio,
      preActivationSecondMomentRatio,
      median,
    } = finiteWidth({ widths: [10, 20, 50] });
    expect(beta).toBeCloseTo(0.17, 15);
    expect(ratio).toBeCloseTo(1.5 * 1.25 * 1.1, 14);
    expect(preActivationSecondMomentRatio).toBeCloseTo(1.5 * 1.25 * 1.04, 14);
    expect(median).toBeCloseTo(Math.exp(-0.425), 14);
  });

  it('is what is drawn: the ratio of moments', () => {
    const widths = [20, 30, 25];
    const stream = random(11).stream('finite-width');
    const draws = Array.from({ length: 30_000 }, () => drawn(widths, stream));
    const { secondMomentRatio: ratio, preActivationSecondMomentRatio } = finiteWidth({ widths });
    expectRelative(secondMomentRatio(draws.map(({ activations }) => activations)), ratio, 0.03);
    expectRelative(
      secondMomentRatio(draws.map(({ preActivations }) => preActivations)),
      preActivationSecondMomentRatio,
      0.03,
    );
  });

  it('is what is drawn: median and quantiles of a deep network', () => {
    const widths = Array.from({ length: 30 }, () => 150);
    const stream = random(12).stream('finite-width');
    const logs = Array.from({ length: 1500 }, () => Math.log(drawn(widths, stream).activations)).sort((a, b) => a - b);
    const { quantile, median, beta } = finiteWidth({ widths });
    const spread = Math.sqrt(5 * beta);
    for (const p of [0.1, 0.5, 0.9]) {
      // Four standard errors of an order statistic of a normal sample, and 3 % of the spread for 1/n.
      const x = Math.log(quantile(p)) / spread;
      const density = Math.exp(-((x + spread / 2) ** 2) / 2) / Math.sqrt(2 * Math.PI);
      const error = (4 * spread * Math.sqrt((p * (1 - p)) / logs.length)) / density + 0.03 * spread;
      expect(Math.abs(logs[Math.floor(p * logs.length)] - Math.log(quantile(p)))).toBeLessThan(error);
    }
    expect(quantile(0.5)).toBe(median);
    expect(quantile(normalCumulative(1))).toBeCloseTo(Math.exp(-2.5 * beta + spread), 12);
  });

  it('has the mean 1 as a log-normal, which its median falls short of', () => {
    const { quantile, median } = finiteWidth({ widths: [10, 10, 10] });
    const points = 20_000;
    let mean = 0;
    for (let i = 0; i < points; i++) mean += quantile((i + 0.5) / points) / points;
    expect(mean).toBeCloseTo(1, 1);
    expect(median).toBeLessThan(0.5);
  });

  it('refuses widths below 1, and none at all', () => {
    for (const widths of [[], [0], [10, -1], [1.5], [NaN]]) {
      expect(() => finiteWidth({ widths })).toThrow(ParameterError);
    }
    expect(() => finiteWidth({} as never)).toThrow('whole numbers of at least 1');
    expect(() => finiteWidth({ widths: [10] }).quantile(2)).toThrow(ParameterError);
  });
});
