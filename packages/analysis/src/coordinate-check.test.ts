import { type Dataset, ParameterError, random } from '@relu-lab/core';
import { adam, meanSquaredError, sgd } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { type Coordinate, type CoordinateCheck, coordinateCheck, parametrization } from './index.ts';

/** Targets that are large beside the outputs at initialisation, so that errors are alike at all widths. */
function values(rows: number, features: number, outputs: number): Dataset {
  const stream = random(4).stream('values');
  const [inputs, targets] = [new Float32Array(rows * features), new Float32Array(rows * outputs)];
  stream.fillNormal(inputs);
  stream.fillNormal(targets, 0, 30);
  return { name: 'values', rows, features, inputs, targets };
}

const shape = { inputs: 8, outputs: 4 };
const common = { data: values(16, 8, 4), loss: meanSquaredError(), widths: [64, 128, 256, 512], seeds: 6, steps: 2 };

/** Whether each layer's slope is as expected: within twice its 95 % interval, some four standard errors, which must be small. */
function expectSlopes({ coordinates }: CoordinateCheck, wanted: Coordinate, expected: readonly number[]): void {
  const found = coordinates.filter(({ coordinate }) => coordinate === wanted);
  found.slice(0, expected.length).forEach(({ slope, interval }, layer) => {
    const half = ((interval?.[1] ?? NaN) - (interval?.[0] ?? NaN)) / 2;
    expect(half).toBeLessThan(0.15);
    expect(Math.abs(slope - expected[layer])).toBeLessThan(2 * half + 0.02);
  });
}

describe('coordinateCheck', () => {
  it('finds that outputs move by √n and n more under the standard parametrisation with SGD', async () => {
    const found = await coordinateCheck({
      ...common,
      steps: 1,
      parametrization: parametrization('standard', shape),
      optimizer: sgd({ learningRate: 1e-5 }),
    });
    expect(found).toMatchObject({ kind: 'coordinate-check', parametrization: 'standard', widths: [64, 128, 256, 512] });
    // He keeps outputs; the gradient at hidden units has the size of one output weight, n^(−1/2).
    expectSlopes(found, 'activation', [0, 0, 0]);
    expectSlopes(found, 'gradient', [-0.5, -0.5, 0]);
    // A step changes z by rate × δ (a·a'): δ is n^(−1/2) in hidden layers, a·a' is n above the first one; and 1 × n at the output.
    expectSlopes(found, 'activation-change', [-0.5, 0.5, 1]);
    const top = found.coordinates.find(
      ({ layer, coordinate }) => layer === 'dense3' && coordinate === 'activation-change',
    );
    expect(top?.verdict).toBe('grows');
  });

  it.each([
    ['sgd', sgd({ learningRate: 1e-3 })],
    ['adam', adam({ learningRate: 1e-3 })],
  ] as const)('finds changes that do not depend on width under μP with %s', async (optimizer, rule) => {
    const found = await coordinateCheck({
      ...common,
      parametrization: parametrization('mup', { ...shape, optimizer }),
      optimizer: rule,
    });
    expectSlopes(found, 'activation-change', [0, 0, 0]);
    // Output weights are of size 1/n, and so the outputs of size n^(−1/2) and hidden gradients of 1/n.
    expectSlopes(found, 'activation', [0, 0, -0.5]);
    expectSlopes(found, 'gradient', [-1, -1, 0]);
  });

  it('finds that Adam without μP moves hidden outputs by n', async () => {
    const found = await coordinateCheck({
      ...common,
      steps: 1,
      parametrization: parametrization('standard', shape),
      optimizer: adam({ learningRate: 1e-5 }),
    });
    // Every weight moves by the rate: n of them in step in the second layer, 8 in the first.
    expectSlopes(found, 'activation-change', [0, 1]);
    // The output also meets the hidden changes, in line with its weights of n^(−1/2): between n and n^(3/2).
    const top = found.coordinates.find(
      ({ layer, coordinate }) => layer === 'dense3' && coordinate === 'activation-change',
    );
    expect(top?.verdict).toBe('grows');
    expect(top?.slope).toBeGreaterThan(1);
    expect(top?.slope).toBeLessThan(1.5);
  });

  it('refuses what it cannot check', async () => {
    const options = {
      ...common,
      parametrization: parametrization('standard', shape),
      optimizer: sgd({ learningRate: 0.1 }),
    };
    for (const widths of [[64], [64, 64], [128, 64], [0, 1], [1.5, 3], 64 as unknown as number[]]) {
      await expect(coordinateCheck({ ...options, widths })).rejects.toThrow(ParameterError);
    }
    await expect(coordinateCheck({ ...options, tolerance: 0 })).rejects.toThrow(/tolerance/);
    await expect(coordinateCheck({ ...options, optimizer: sgd({ learningRate: 1e30 }), steps: 5 })).rejects.toThrow(
      /smaller learning rate/,
    );
    expect(() => parametrization('lecun' as never, shape)).toThrow(/'standard' and 'mup', not 'lecun'/);
    expect(() => parametrization('mup', { ...shape, depth: 2 })).toThrow(/depth/);
    expect(() => parametrization('mup', { ...shape, optimizer: 'lion' as never })).toThrow(/'sgd' or 'adam'/);
  });
});
