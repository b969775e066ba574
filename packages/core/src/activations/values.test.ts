import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ElementwiseActivation } from '../activation.ts';
import { activation, activationNames } from './by-name.ts';

interface Recorded {
  readonly name: string;
  readonly options: Readonly<Record<string, number>>;
  readonly value: readonly number[];
  readonly derivative: readonly number[];
}

interface Fixture {
  readonly torch: { readonly x: readonly number[]; readonly activations: readonly Recorded[] };
  readonly precise: readonly (Recorded & { readonly x: readonly number[] })[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/activations.json', import.meta.url), 'utf8'),
) as Fixture;

function made({ name, options }: Recorded): ElementwiseActivation {
  return activation(name, options) as ElementwiseActivation;
}

const unit = 2 ** -53;

describe('every elementwise activation', () => {
  it('is recorded from PyTorch', () => {
    const recorded = new Set(fixture.torch.activations.map(({ name }) => name));
    expect([...recorded, 'maxout'].sort()).toEqual([...activationNames]);
  });
});

describe.each(fixture.torch.activations)('$name with $options', (recorded) => {
  const phi = made(recorded);

  // PyTorch itself is not exact: its ELU and SELU take exp(x) − 1, its GELU 1 + erf. Its error is absolute, a few
  // roundings of numbers of about 1; beyond that, of the value itself.
  it('has the values of PyTorch', () => {
    for (const [i, x] of fixture.torch.x.entries()) {
      const value = recorded.value[i];
      expect(Math.abs(phi.value(x) - value), `at ${x}`).toBeLessThanOrEqual(8 * unit * Math.max(1, Math.abs(value)));
    }
  });

  it('has the derivatives of PyTorch, also at kinks', () => {
    for (const [i, x] of fixture.torch.x.entries()) {
      // PyTorch keeps the slope of hard sigmoid, 1/6, as a float32.
      const ours = recorded.name === 'hard-sigmoid' ? Math.fround(phi.derivative(x)) : phi.derivative(x);
      // It takes x (1 − σ(x)) for SiLU: the rounding of 1 − σ times x.
      const scale = recorded.name === 'silu' ? Math.min(Math.max(1, Math.abs(x)), 100) : 1;
      expect(Math.abs(ours - recorded.derivative[i]), `at ${x}`).toBeLessThanOrEqual(16 * unit * scale);
    }
  });
});

describe.each(fixture.precise)('$name with $options, to the last digits', (recorded) => {
  const phi = made(recorded);
  // The argument x / α of CELU is rounded before the exponential, which multiplies that rounding by itself.
  const tolerance = (x: number): number =>
    recorded.name === 'celu' ? (12 + Math.abs(x / recorded.options.alpha)) * unit : 12 * unit;

  it('keeps its value near 0 and in the tails', () => {
    for (const [i, x] of recorded.x.entries()) {
      expect(relativeError(phi.value(x), recorded.value[i]), `at ${x}`).toBeLessThanOrEqual(tolerance(x));
    }
  });

  it('keeps its derivative near 0 and in the tails', () => {
    for (const [i, x] of recorded.x.entries()) {
      expect(relativeError(phi.derivative(x), recorded.derivative[i]), `at ${x}`).toBeLessThanOrEqual(tolerance(x));
    }
  });
});

function relativeError(ours: number, exact: number): number {
  return ours === exact ? 0 : Math.abs(ours - exact) / Math.abs(exact);
}
