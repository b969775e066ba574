import { ParameterError, ShapeError, relu } from '@relu-lab/core';
import { mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { tentMapNetwork } from './folding-networks.ts';
import { regionsUnderNoise } from './regions-under-noise.ts';

const unitInterval = { from: 0, to: 1 };

describe('regionsUnderNoise', () => {
  it('takes from eight folds nearly all their 256 pieces at 10 %, and from a random layer of as many units next to none', () => {
    const options = { levels: [0, 0.1], seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
    const folded = regionsUnderNoise(tentMapNetwork({ folds: 8 }), unitInterval, options);
    expect(folded.kind).toBe('regions-under-noise');
    expect(folded.clean).toBe(256);
    expect(folded.levels[0]).toMatchObject({ level: 0, median: 256, interval: [256, 256], shareKept: 1 });
    expect(folded.levels[1].shareKept).toBeLessThan(0.05);
    const random = mlp({ inputs: 1, hidden: [16], outputs: 1, activation: relu, bias: 0.1, seed: 3 });
    const kept = regionsUnderNoise(random, { from: -2, to: 2 }, options);
    expect(kept.clean).toBeGreaterThan(8);
    expect(kept.levels[1].shareKept).toBeGreaterThan(0.85);
  });

  it('leaves zeros alone where noise is relative to the weight: without biases all crossings stay at 0', () => {
    const network = mlp({ inputs: 1, hidden: [9, 9], outputs: 1, activation: relu, seed: 1 });
    const options = { levels: [0.2], seeds: [0, 1, 2, 3, 4, 5] };
    const line = { from: -1, to: 1 };
    const relative = regionsUnderNoise(network, line, { ...options, relativeTo: 'weight' });
    expect([relative.clean, ...relative.levels[0].counts]).toEqual([2, 2, 2, 2, 2, 2, 2]);
    expect(Math.min(...regionsUnderNoise(network, line, options).levels[0].counts)).toBeGreaterThan(4);
  });

  it('gives each seed its own noise, whatever else is asked for, and leaves the network as it was', () => {
    const network = mlp({ inputs: 2, hidden: [8, 8], outputs: 1, activation: relu, bias: 0.2, seed: 5 });
    const before = network.snapshot();
    const window = { uRange: [-2, 2], vRange: [-2, 2] } as const;
    const all = regionsUnderNoise(network, window, { levels: [0.05, 0.3], seeds: [0, 1, 2] });
    const one = regionsUnderNoise(network, window, { levels: [0.3], seeds: [2] });
    expect(one.rows).toEqual(all.rows.filter(({ level, seed }) => level === 0.3 && seed === 2));
    expect(new Set(all.rows.filter(({ level }) => level === 0.3).map(({ count }) => count)).size).toBeGreaterThan(1);
    expect(all.rows.every(({ count, cells }) => count <= cells && cells <= all.predicted.upperBound)).toBe(true);
    expect(network.snapshot()).toEqual(before);
  });

  it('says what is wrong', () => {
    const network = tentMapNetwork({ folds: 2 });
    const relativeTo = 'wieght' as 'weight';
    expect(() => regionsUnderNoise(network, unitInterval, { relativeTo })).toThrow(ParameterError);
    expect(() => regionsUnderNoise(network, unitInterval, { levels: [-0.1] })).toThrow('levels of regionsUnderNoise');
    expect(() => regionsUnderNoise(network, unitInterval, { seeds: [] })).toThrow('seeds of regionsUnderNoise');
    expect(() => regionsUnderNoise(network, unitInterval, { seeds: [1], maxCells: 2 })).toThrow('more than 2 cells');
    expect(() => regionsUnderNoise(network, { from: [0, 0], to: [1, 1] })).toThrow(ShapeError);
  });
});
