import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { learningFigure } from './figures.ts';
import study from './study.ts';

/** Runs of ReLU and tanh with two epochs; ReLU's second seed diverged in the second epoch. */
const rows: readonly Row[] = ['relu', 'tanh'].flatMap((activation) =>
  [1, 2, 3].flatMap((seed) => {
    const diverged = activation === 'relu' && seed === 2;
    const status = diverged ? 'diverged' : 'completed';
    const accuracy = 0.9 + seed / 100;
    return [
      { kind: 'run', activation, seed, status, testAccuracy: diverged ? null : accuracy, parameters: 10 },
      { kind: 'gradient', moment: 'start', layer: 1, activation, seed, growthPerLayer: 1 },
      ...(diverged ? [1] : [1, 2]).map((epoch) => ({
        kind: 'epoch',
        activation,
        seed,
        epoch,
        status,
        testAccuracy: diverged ? 0.1 : accuracy,
      })),
    ];
  }),
);

describe('a diverged run', () => {
  it('is counted apart in the summary, and in no mean', () => {
    const parameters = study.parameters.parse({ activations: ['relu', 'tanh'] });
    const summary = study
      .tables({ parameters, seed: 0, profile: 'full', result: { rows, timings: [] } })
      ['tbl-summary']();
    const [relu, tanh] = summary.rows;
    expect(relu).toMatchObject({ activation: 'relu', seeds: 2, diverged: 1 });
    expect(relu.accuracy).toBeCloseTo((0.91 + 0.93) / 2, 12);
    expect(tanh).toMatchObject({ activation: 'tanh', seeds: 3, diverged: 0 });
    expect(tanh.accuracy).toBeCloseTo(0.92, 12);
  });

  it('is in no learning curve, not even with the epochs that it finished', () => {
    const data = { activations: ['relu', 'tanh'], hiddenLayers: 3, epochs: 2, gradientDigits: 64 };
    const others = rows.filter((row) => !(row.kind === 'epoch' && row.status === 'diverged'));
    expect(learningFigure({ ...data, rows })).toEqual(learningFigure({ ...data, rows: others }));
  });
});
