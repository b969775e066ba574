import { ParameterError } from '@relu-lab/core';
import { expectedCrossings } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import {
  type FoldingParameters,
  type RegionCountParameters,
  crossingsExperiment,
  foldingExperiment,
  regionCountExperiment,
  runCrossings,
  runFolding,
  runRegionCount,
} from './experiments.ts';
import { randomReluNetwork } from './random-relu-network.ts';

const seeds = Array.from({ length: 24 }, (_, seed) => seed);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function standardError(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
}

describe('runCrossings', () => {
  it('counts in the first layer the units with |b / w| below the half width', () => {
    const draw = { weightVariance: 2, biasDeviation: 0.7, halfWidth: 0.8 };
    for (const seed of [0, 1, 2]) {
      const network = randomReluNetwork({ inputs: 1, hidden: [30, 30], seed, ...draw });
      const [w, b] = [network.parameterValues('dense1.weight'), network.parameterValues('dense1.bias')];
      const crossing = Array.from(w, (weight, i) => Math.abs(b[i] / weight)).filter((knot) => knot < draw.halfWidth);
      const rows = runCrossings({ width: 30, layers: 2, ...draw }, seed);
      expect(rows.map(({ layer }) => layer)).toEqual([1, 2]);
      expect(rows[0].crossingsPerUnit).toBeCloseTo(crossing.length / 30, 12);
      expect(rows[1].expectedPerUnit).toBe(expectedCrossings({ layer: 2, ...draw }));
    }
  });

  it('is on average what theory expects in each layer, within four standard errors', () => {
    const rows = seeds.flatMap((seed) => runCrossings({ width: 80, layers: 3, biasDeviation: 0.6 }, seed));
    for (const layer of [1, 2, 3]) {
      const own = rows.filter((row) => row.layer === layer);
      const values = own.map(({ crossingsPerUnit }) => crossingsPerUnit);
      expect(Math.abs(mean(values) - own[0].expectedPerUnit)).toBeLessThan(4 * standardError(values));
    }
  });
});

describe('runRegionCount', () => {
  const counts = (parameters: RegionCountParameters): readonly number[] =>
    seeds.map((seed) => runRegionCount(parameters, seed)[0].count);

  it('grows on a line with the neurons, and not with depth', () => {
    const shallow = mean(counts({ window: 'line', neurons: 48, layers: 1 }));
    const deep = mean(counts({ window: 'line', neurons: 48, layers: 3 }));
    const larger = mean(counts({ window: 'line', neurons: 96, layers: 3 }));
    expect(deep / shallow).toBeGreaterThan(0.7);
    expect(deep / shallow).toBeLessThan(1.2);
    expect(larger / deep).toBeGreaterThan(1.7);
    expect(larger / deep).toBeLessThan(2.3);
    const bounds = [1, 3].map((layers) => runRegionCount({ window: 'line', neurons: 48, layers }, 0)[0].upperBound);
    expect(bounds[1] / bounds[0]).toBeGreaterThan(50);
  });

  it('has as many cells on a line as theory expects of a wide network, within four standard errors', () => {
    const rows = seeds.flatMap((seed) => runRegionCount({ window: 'line', neurons: 160, layers: 2 }, seed));
    const cells = rows.map((row) => row.cells);
    expect(Math.abs(mean(cells) - (rows[0].expectedCells ?? NaN))).toBeLessThan(4 * standardError(cells));
  });

  it('grows in the plane with the square of the neurons', () => {
    const [few, many] = [12, 24].map((neurons) => mean(counts({ window: 'plane', neurons, layers: 2 })));
    expect(many / few).toBeGreaterThan(3);
    expect(many / few).toBeLessThan(5);
    expect(runRegionCount({ window: 'plane', neurons: 12, layers: 2 }, 0)[0].expectedCells).toBeNull();
  });

  it('says what is wrong', () => {
    const run = (parameters: object) => (): unknown => runRegionCount(parameters as RegionCountParameters, 0);
    expect(run({ window: 'space', neurons: 4, layers: 1 })).toThrow(ParameterError);
    expect(run({ window: 'line', neurons: 10, layers: 4 })).toThrow('a multiple of its layers');
    expect(run({ window: 'line', neurons: 10 })).toThrow('runRegionCount needs layers');
    expect(run({ window: 'line', neurons: 10, layers: 1, biasDeviation: 0 })).toThrow('biasDeviation');
    expect(run({ window: 'line', neurons: 10, layer: 1 })).toThrow("did you mean 'layers'");
  });
});

describe('runFolding', () => {
  it('attains 2^k pieces by construction, and neither at random nor by training', async () => {
    for (const folds of [4, 6]) {
      const [folded] = await runFolding({ folds, network: 'folded' }, 0);
      expect(folded).toMatchObject({ count: 2 ** folds, attainable: 2 ** folds, units: 2 * folds, squaredError: 0 });
      for (const seed of [0, 1, 2]) {
        for (const network of ['random', 'trained'] as const) {
          const [row] = await runFolding({ folds, network, epochs: 50 }, seed);
          expect(row.count).toBeLessThan(row.attainable / 2);
        }
      }
    }
  });

  it('learns: training brings the error down', async () => {
    const [before] = await runFolding({ folds: 2, network: 'random', width: 12 }, 1);
    const [after] = await runFolding({ folds: 2, network: 'trained', width: 12 }, 1);
    expect(after.squaredError).toBeLessThan(before.squaredError / 20);
  });

  it('says what is wrong', async () => {
    const network = 'fold' as 'folded';
    await expect(runFolding({ folds: 3, network }, 0)).rejects.toThrow("must be 'folded', 'random' or 'trained'");
    await expect(runFolding({ folds: 13, network: 'folded' }, 0)).rejects.toThrow('from 1 to 12');
    await expect(runFolding({ network: 'folded' } as FoldingParameters, 0)).rejects.toThrow('runFolding needs folds');
  });
});

describe('the experiments', () => {
  it('are found by module and export', async () => {
    const found = await Promise.all(
      [crossingsExperiment, regionCountExperiment, foldingExperiment].map(
        async (reference) => ((await import(reference.module)) as Record<string, unknown>)[reference.export],
      ),
    );
    expect(found).toEqual([runCrossings, runRegionCount, runFolding]);
  });
});
