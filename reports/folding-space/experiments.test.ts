import { linearRegionsOnPlane, paperFoldingNetwork } from '@relu-lab/analysis';
import { hyperplaneRegions } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { unfold } from './figures.ts';
import { countFolds } from './folds.ts';
import { montufarNetwork } from './montufar-network.ts';
import { disturbNetwork } from './noise.ts';
import { countDuringTraining } from './training.ts';

const context = { signal: new AbortController().signal, onProgress: () => {} };

describe('montufarNetwork', () => {
  it('has 11 regions in the square, as four lines in general position, and four times as many with each fold', () => {
    for (const layers of [1, 2, 3]) {
      const { count, layers: cells } = linearRegionsOnPlane(montufarNetwork(layers), {
        uRange: [0, 1],
        vRange: [0, 1],
      });
      expect(count).toBe(4 ** (layers - 1) * hyperplaneRegions({ hyperplanes: 4, dimension: 2 }));
      expect(cells.map(({ units }) => units)).toEqual(Array.from({ length: layers }, () => 4));
    }
  });
});

describe('countFolds', () => {
  it('counts 2ᵏ pieces of the tent map from 2k units, and 4ᵏ regions of folded paper from 4k', () => {
    expect(countFolds({ construction: 'tent', layers: 7 }, 0)).toMatchObject([
      { units: 14, count: 128, predicted: 128 },
    ]);
    expect(countFolds({ construction: 'paper', layers: 3 }, 0)).toMatchObject([
      { units: 12, count: 64, predicted: 64 },
    ]);
  });
});

describe('unfold', () => {
  it('gives every outline that the folding network takes to the one that was drawn', () => {
    const outline = [
      [0.2, 0.3],
      [0.9, 0.4],
      [0.5, 0.75],
    ] as const;
    for (const folds of [1, 2, 3]) {
      const copies = unfold(outline, folds);
      expect(copies).toHaveLength(4 ** folds);
      expect(new Set(copies.map((copy) => copy.join(' '))).size).toBe(4 ** folds);
      const network = paperFoldingNetwork({ folds });
      for (const copy of copies) {
        const folded = network.forward(Float32Array.from(copy.flat()));
        outline.flat().forEach((value, i) => expect(folded[i]).toBeCloseTo(value, 5));
      }
    }
  });
});

describe('disturbNetwork', () => {
  it('leaves all pieces without noise, the same with the same seed, and nearly none with much', () => {
    const condition = { network: 'folded', layers: 8, levels: [0, 0.01, 0.3] } as const;
    const rows = disturbNetwork(condition, 3);
    expect(rows[0]).toMatchObject({ level: 0, clean: 256, count: 256, kept: 1 });
    expect(rows[2].kept).toBeLessThan(0.1);
    expect(disturbNetwork(condition, 3)).toEqual(rows);
    expect(disturbNetwork(condition, 4)[1].count).not.toBe(rows[1].count);
  });

  it('disturbs random networks that differ from seed to seed', () => {
    const condition = { network: 'random', layers: 2, levels: [0.01] } as const;
    const clean = [1, 2, 3, 4].map((seed) => disturbNetwork(condition, seed)[0].clean);
    expect(new Set(clean).size).toBeGreaterThan(1);
  });
});

describe('countDuringTraining', () => {
  it('starts with sectors around the origin, where no bias is, and ends with the last step', async () => {
    const condition = { data: 'spirals', hidden: [8], samples: 64, epochs: 2 } as const;
    const rows = await countDuringTraining(condition, 1, context);
    // Eight lines through one point cut the plane into 16 sectors; halves that lie on one line share one cut.
    expect(rows[0]).toMatchObject({ step: 0, count: 16, attainable: 37, isLast: false });
    expect(rows.at(-1)).toMatchObject({ isLast: true, share: 1 });
    expect(rows.at(-1)?.count).toBeLessThanOrEqual(37);
  });

  it('looks at the plane through three digits', async () => {
    const condition = { data: 'digits', hidden: [6], samples: 200, epochs: 40 } as const;
    const rows = await countDuringTraining(condition, 1, context);
    // Six lines cut a window of the plane into at most 1 + 6 + C(6, 2) parts.
    for (const { count } of rows) expect(Number(count)).toBeLessThanOrEqual(22);
    expect(rows.at(-1)?.trainingAccuracy).toBeGreaterThan(0.3);
  });
});
