import { ParameterError, elu, relu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { edgeOfChaos } from './edge-of-chaos.ts';
import { meanField } from './mean-field.ts';
import { phaseDiagram } from './phase-diagram.ts';

describe('phaseDiagram', () => {
  it('is ordered below the edge of chaos and chaotic above it', () => {
    const edge = edgeOfChaos(tanh, { biasVariance: 0.05 });
    if (edge.status !== 'found') throw new Error(edge.reason);
    const rows = phaseDiagram(tanh, {
      weightVariances: [0.99, 1, 1.01].map((factor) => factor * edge.weightVariance),
      biasVariances: [0.05],
    });
    expect(rows.map(({ phase }) => phase)).toEqual(['ordered', 'critical', 'chaotic']);
  });

  it('has a row for each pair, weight variances varying fastest, with the numbers of meanField', () => {
    const rows = phaseDiagram(tanh, { weightVariances: [1, 2], biasVariances: [0, 0.1, 0.2] });
    expect(rows.map(({ weightVariance, biasVariance }) => [weightVariance, biasVariance])).toEqual([
      [1, 0],
      [2, 0],
      [1, 0.1],
      [2, 0.1],
      [1, 0.2],
      [2, 0.2],
    ]);
    const { q, chi1 } = meanField(tanh, { weightVariance: 2, biasVariance: 0.2 });
    expect(rows[5]).toMatchObject({ q, chi1, status: 'converged' });
  });

  it('says where lengths grow without bound', () => {
    const [row] = phaseDiagram(relu, { weightVariances: [3] });
    expect(row).toMatchObject({ phase: 'unbounded', status: 'diverges', q: null });
    expect(phaseDiagram(elu(), { weightVariances: [2] })[0].phase).toBe('unbounded');
  });

  it('refuses options that it does not know, and none', () => {
    const misspelt = { weightVariances: [1], biasVariance: [0.5] } as { weightVariances: number[] };
    expect(() => phaseDiagram(tanh, misspelt)).toThrow(ParameterError);
    expect(() => phaseDiagram(tanh, misspelt)).toThrow(/not 'biasVariance' \(did you mean 'biasVariances'/);
    expect(() => (phaseDiagram as (phi: typeof tanh) => unknown)(tanh)).toThrow(ParameterError);
  });

  it('refuses empty lists and negative variances', () => {
    expect(() => phaseDiagram(tanh, { weightVariances: [] })).toThrow(ParameterError);
    expect(() => phaseDiagram(tanh, { weightVariances: [1], biasVariances: [-1] })).toThrow(ParameterError);
    expect(() => phaseDiagram(tanh, {} as never)).toThrow('weightVariances of phaseDiagram must be a list');
  });
});
