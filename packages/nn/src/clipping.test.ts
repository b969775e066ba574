import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import { type Clipping, type Network, clipNorm, clipValue, train } from './index.ts';

interface Seen {
  /** Of all parameters, after clipping. */
  readonly gradient: Float32Array;
  /** What the step reported. */
  readonly norm: number;
  readonly network: Network;
}

async function oneStep(clipping?: Clipping): Promise<Seen> {
  const network = small();
  let gradient = new Float32Array();
  let norm = NaN;
  await train(network, {
    ...common,
    data: clouds(16),
    epochs: 1,
    ...(clipping && { clipping }),
    probes: [
      {
        name: 'gradient',
        step: (view) => {
          const parts = network.parameters.map(({ name }) => Array.from(view.parameterGradient(name)));
          gradient = Float32Array.from(parts.flat());
          norm = view.gradientNorm;
        },
      },
    ],
  });
  return { gradient, norm, network };
}

const lengthOf = (values: Float32Array): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));

describe('clipping by norm', () => {
  it('brings a longer gradient to the length given, in its direction', async () => {
    const free = await oneStep();
    for (const maximum of [0.3, 0.01]) {
      const clipped = await oneStep(clipNorm(maximum));
      expect(lengthOf(free.gradient)).toBeGreaterThan(maximum);
      expect(Math.abs(lengthOf(clipped.gradient) - maximum)).toBeLessThan(1e-5 * maximum);
      const ratio = maximum / lengthOf(free.gradient);
      clipped.gradient.forEach((g, i) => expect(g).toBeCloseTo(ratio * free.gradient[i], 5));
    }
  });

  it('leaves a shorter gradient, and the update made of it, as they are', async () => {
    const free = await oneStep();
    const loose = await oneStep(clipNorm(1.01 * lengthOf(free.gradient)));
    expect(loose.gradient).toEqual(free.gradient);
    expect(loose.network.snapshot()).toEqual(free.network.snapshot());
  });

  it('tells probes the length before', async () => {
    const free = await oneStep();
    const clipped = await oneStep(clipNorm(0.01));
    expect(free.norm).toBeCloseTo(lengthOf(free.gradient), 5);
    expect(clipped.norm).toBe(free.norm);
  });
});

describe('clipping by value', () => {
  it('bounds each element, and leaves those within the bounds', async () => {
    const { gradient: free } = await oneStep();
    const maximum = 0.05;
    const { gradient: bounded } = await oneStep(clipValue(maximum));
    const expected = free.map((g) => Math.min(Math.max(g, -maximum), maximum));
    expect(bounded).toEqual(expected);
    expect(free.filter((g) => g > maximum).length).toBeGreaterThan(0);
    expect(free.filter((g) => g < -maximum).length).toBeGreaterThan(0);
    expect(free.filter((g) => g !== 0 && Math.abs(g) < maximum).length).toBeGreaterThan(0);
  });
});

describe('clipping refuses', () => {
  it.each([0, -1, NaN, Infinity])('a bound of %d', (maximum) => {
    expect(() => clipNorm(maximum)).toThrow(/clipNorm must be a positive finite number/);
    expect(() => clipValue(maximum)).toThrow(/clipValue must be a positive finite number/);
  });
});
