import { ParameterError } from '@relu-lab/core';
import { blobs, loadMnist, twoMoons } from '@relu-lab/datasets';
import { describe, expect, it } from 'vitest';
import { type ExperimentData, experimentData, experimentDataNames } from '../index.ts';

describe('experimentData', () => {
  it('makes the toy sets of @relu-lab/datasets', async () => {
    expect(await experimentData({ name: 'two-moons' })).toEqual(twoMoons({ samples: 256, seed: 0 }));
    const described = await experimentData({ name: 'blobs', samples: 30, features: 7, seed: 4 });
    expect(described).toEqual(blobs({ samples: 30, features: 7, seed: 4 }));
  });

  it('reads the first digits of MNIST', async () => {
    const digits = await experimentData({ name: 'mnist', samples: 12 });
    expect([digits.rows, digits.features, digits.classes]).toEqual([12, 784, 10]);
    const { train } = await loadMnist();
    expect(digits.inputs).toEqual(train.inputs.subarray(0, 12 * 784));
  });

  it('has at least two classes in every set, so that there is something to learn', async () => {
    for (const name of experimentDataNames.filter((one) => one !== 'mnist')) {
      expect((await experimentData({ name, samples: 20 })).classes).toBeGreaterThan(1);
    }
  });

  it('refuses names that there are not, and options that are not acceptable', async () => {
    const refused = (data: unknown): Promise<unknown> => experimentData(data as ExperimentData);
    await expect(refused({ name: 'moons' })).rejects.toThrow(/did you mean 'two-moons'/);
    await expect(refused({ name: 'two-moons', samples: 1 })).rejects.toThrow(ParameterError);
    await expect(refused({ name: 'two-moons', features: 2 })).rejects.toThrow(/for 'blobs' alone/);
    await expect(refused({ name: 'blobs', sample: 3 })).rejects.toThrow(/did you mean 'samples'/);
    await expect(refused({ name: 'mnist', samples: 70_000 })).rejects.toThrow(/60000 rows/);
  });
});
