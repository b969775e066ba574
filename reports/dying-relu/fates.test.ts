import { describe, expect, it } from 'vitest';
import { countDeaths } from './by-scale.ts';
import { lookAtDeepHe } from './deep-he.ts';
import { countFates } from './fates.ts';

describe('countFates', () => {
  it('finds no unit of the first layer that comes back without momentum, and units of deeper layers that do', async () => {
    const rows = await countFates(
      { hidden: [32, 32, 32], digits: 200, epochs: 5, batchSize: 20, learningRate: 0.3, momentum: 0, weightDecay: 0 },
      1,
    );
    const [first, ...deeper] = rows;
    expect(rows.map(({ layer, status }) => [layer, status])).toEqual([1, 2, 3].map((layer) => [layer, 'completed']));
    expect(first.cameBack).toBe(0);
    expect(first.everDead).toBeGreaterThan(0);
    expect(deeper.reduce((sum, { cameBack }) => sum + Number(cameBack), 0)).toBeGreaterThan(0);
    for (const { everDead, cameBack, units } of rows) {
      expect(Number(cameBack)).toBeLessThanOrEqual(Number(everDead));
      expect(Number(everDead)).toBeLessThanOrEqual(Number(units));
    }
  });
});

describe('countDeaths', () => {
  const how = { hidden: [24, 24], digits: 200, epochs: 3, batchSize: 20 };

  it('finds the same units dead at birth whatever the scale, and more that die from larger weights', async () => {
    const [small] = await countDeaths({ ...how, weightVariance: 0.5, learningRate: 0.1 }, 1);
    const [large] = await countDeaths({ ...how, weightVariance: 8, learningRate: 0.1 }, 1);
    expect(large.deadStart).toBe(small.deadStart);
    expect(large.status).toBe('completed');
    expect(Number(large.died)).toBeGreaterThan(Number(small.died));
  });

  it('counts nothing at the end of a run that diverged', async () => {
    const [row] = await countDeaths({ ...how, weightVariance: 8, learningRate: 1e9 }, 1);
    expect(row).toMatchObject({ status: 'diverged', died: null });
  });
});

describe('lookAtDeepHe', () => {
  it('has a row for each hidden layer, with zeros near a half and dead units that become more', async () => {
    const rows = await lookAtDeepHe({ hiddenLayers: 12, width: 128, digits: 100 }, 2);
    expect(rows.map(({ layer }) => layer)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(Number(rows[0].zeroFraction)).toBeGreaterThan(0.4);
    expect(Number(rows[0].zeroFraction)).toBeLessThan(0.6);
    expect(Number(rows[11].dead)).toBeGreaterThan(Number(rows[0].dead));
    expect(Math.abs(Number(rows[11].dead) - Number(rows[11].expectedDead))).toBeLessThan(0.15);
  });
});
