import { ParameterError, initializer, relu } from '@relu-lab/core';
import { mlp } from '@relu-lab/nn';
import { createJobs, inProcess, runSweep } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { bornDead, bornDeadExperiment, runBornDead, summarizeBornDead } from '../index.ts';
import { lastHiddenActivations } from './drawn-mlp.ts';

describe('a network that is only drawn', () => {
  it.each([
    ['he-normal', [1, 4, 4, 4]],
    ['xavier-uniform', [1, 3, 3, 3, 3, 3]],
    ['orthogonal', [5, 6, 7]],
  ] as const)('has the activations of the one that nn builds: %s, %j', (name, widths) => {
    const weights = initializer(name);
    const input = Float64Array.from({ length: widths[0] }, (_, i) => 1 - 2 * i);
    let silent = 0;
    for (let seed = 0; seed < 60; seed++) {
      const network = mlp({ inputs: widths[0], hidden: widths.slice(1), outputs: 1, activation: relu, weights, seed });
      network.forward(input);
      const built = network.output(`relu${widths.length - 1}`);
      const [drawn] = lastHiddenActivations({ widths, weights, seed }, [input]);
      const size = Math.max(...drawn);
      drawn.forEach((value, unit) => expect(Math.abs(value - built[unit])).toBeLessThanOrEqual(1e-5 * size));
      if (size === 0) silent++;
    }
    // Both kinds of network were among them.
    if (widths[0] === 1) expect(silent).toBeGreaterThan(0);
    expect(silent).toBeLessThan(60);
  });
});

describe('bornDead', () => {
  const grid = { widths: [2, 4, 8], depths: [3, 10, 20], networks: 1000, seeds: [1, 2] };
  const { kind, rows, summary } = bornDead(grid);

  it('has a row a condition and seed, and a cell a condition', () => {
    expect(kind).toBe('born-dead');
    expect(rows).toHaveLength(18);
    expect(summary.map(({ width, depth, networks }) => [width, depth, networks])).toEqual(
      [2, 4, 8].flatMap((width) => [3, 10, 20].map((depth) => [width, depth, 2000])),
    );
  });

  // 4 standard errors: one cell of the nine fails by chance once in 1700.
  it('finds one input silenced as often as theory says, 1 − (1 − 2⁻ᴺ)^(L−1)', () => {
    for (const { width, depth, singleInput, networks } of summary) {
      const expected = 1 - (1 - 2 ** -width) ** (depth - 1);
      const error = Math.sqrt((expected * (1 - expected)) / networks);
      expect(Math.abs(singleInput.share - expected)).toBeLessThan(4 * error);
    }
  });

  it('finds born-dead networks as often as theory’s bounds allow, and exactly so often for three layers', () => {
    for (const { width, depth, allInputs, networks, predicted } of summary) {
      const error = (p: number): number => 4 * Math.sqrt((p * (1 - p)) / networks);
      const { lowerBound, upperBound } = predicted;
      expect(allInputs.share).toBeGreaterThanOrEqual(lowerBound - error(lowerBound));
      expect(allInputs.share).toBeLessThanOrEqual(upperBound + error(upperBound));
      if (depth !== 3) continue;
      const exact = 4 ** -width * (3 - 2 ** (1 - width));
      expect(Math.abs(allInputs.share - exact)).toBeLessThan(error(exact) + 1e-12);
    }
  });

  it('gives the same rows in a sweep', async () => {
    const jobs = createJobs(bornDeadExperiment, [{ width: 4, depth: 10 }], [1, 2]);
    const executor = inProcess();
    const { results } = await runSweep({ jobs, executor });
    await executor.close();
    const swept = results.flatMap((result) => result.rows);
    expect(swept).toEqual(rows.filter((row) => row.width === 4 && row.depth === 10));
    expect(summarizeBornDead(swept).summary).toEqual([summary[4]]);
  });

  it('has no hidden layer to be silent with one weight layer', () => {
    expect(bornDead({ widths: [1], depths: [1], networks: 5 }).summary[0]).toMatchObject({
      singleInput: { share: 0 },
      predicted: { singleInput: 0 },
    });
  });

  it('refuses empty grids, seeds that come twice, and rules with biases or without chance', () => {
    expect(() => bornDead({ widths: [], depths: [3] })).toThrow(/widths of bornDead must be a list of at least one/);
    expect(() => bornDead({ widths: [4], depths: [3], seeds: [1, 2, 1] })).toThrow(/seeds of bornDead has 1 twice/);
    expect(() => bornDead({ widths: [0], depths: [3] })).toThrow(/whole number of at least 1, not 0/);
    expect(() => bornDead({ widths: [4], depths: [3], networks: 0 })).toThrow(ParameterError);
    expect(() => bornDead({ widths: [4], depths: [3], initializer: 'he-norm' as 'he-normal' })).toThrow(
      /did you mean 'he-normal'/,
    );
    expect(() => runBornDead({ width: 4, depth: 3, initializer: 'pytorch-default' }, 0)).toThrow(/no biases/);
    expect(() => runBornDead({ width: 4, depth: 3, initializer: 'constant' }, 0)).toThrow(ParameterError);
    expect(() => runBornDead({ width: 4 } as { width: number; depth: number }, 0)).toThrow(/depth/);
    expect(() => summarizeBornDead([])).toThrow(ParameterError);
    expect(() => summarizeBornDead([rows[0], rows[0]])).toThrow(/twice/);
    expect(() => summarizeBornDead([{ width: 3 }])).toThrow(/has no initializer: it is of another experiment/);
  });
});
