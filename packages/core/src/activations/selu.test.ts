import { describe, expect, it } from 'vitest';
import { normalCumulative } from './normal-distribution.ts';
import { selu } from './selu.ts';

describe('selu', () => {
  it('has the λ and α of the closed form, equation 14 of Klambauer et al. 2017', () => {
    const erfc = (x: number): number => 2 * normalCumulative(-Math.SQRT2 * x);
    const { E: e, PI: pi } = Math;
    const a = erfc(Math.SQRT1_2) * Math.sqrt(e);
    const alpha = -Math.sqrt(2 / pi) / (a - 1);
    const lambda =
      (1 - a) * Math.sqrt(2 * pi) * (2 * erfc(Math.SQRT2) * e * e + pi * a * a - 2 * (2 + pi) * a + pi + 2) ** -0.5;
    expect(selu.value(1)).toBeCloseTo(lambda, 13);
    expect(-selu.value(-Infinity)).toBeCloseTo(lambda * alpha, 13);
  });

  it('keeps mean 0 and variance 1 of a normal input', () => {
    // Simpson's rule on each side of the kink.
    const moment = (power: number): number => integral(power, -12, 0) + integral(power, 0, 12);
    expect(moment(1)).toBeCloseTo(0, 11);
    expect(moment(2)).toBeCloseTo(1, 11);
  });
});

function integral(power: number, from: number, to: number): number {
  const steps = 4000;
  const h = (to - from) / steps;
  let total = 0;
  for (let i = 0; i <= steps; i++) {
    const x = from + i * h;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    total += weight * selu.value(x) ** power * Math.exp((-x * x) / 2);
  }
  return (total * h) / 3 / Math.sqrt(2 * Math.PI);
}
