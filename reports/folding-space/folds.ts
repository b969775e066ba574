import { linearRegionsOnLine, linearRegionsOnPlane, paperFoldingNetwork, tentMapNetwork } from '@relu-lab/analysis';
import type { Row } from '@relu-lab/sweep';
import { maxLinearRegions, tentMap } from '@relu-lab/theory';
import { montufarNetwork } from './montufar-network.ts';

/** Networks whose weights are set so that they fold. */
export type Construction = 'tent' | 'paper' | 'montufar';

export interface FoldsCondition {
  readonly construction: Construction;
  /** Hidden layers. */
  readonly layers: number;
}

const square = { uRange: [0, 1], vRange: [0, 1] } as const;

const constructions: {
  readonly [Key in Construction]: (layers: number) => {
    readonly units: number;
    readonly count: number;
    readonly predicted: number;
  };
} = {
  tent: (folds) => ({
    units: tentMap({ compositions: folds }).units,
    count: linearRegionsOnLine(tentMapNetwork({ folds }), { from: 0, to: 1 }).count,
    predicted: tentMap({ compositions: folds }).pieces,
  }),
  paper: (folds) => ({
    units: 4 * folds,
    count: linearRegionsOnPlane(paperFoldingNetwork({ folds }), square).count,
    predicted: tentMap({ compositions: folds }).pieces ** 2,
  }),
  montufar: (layers) => ({
    units: 4 * layers,
    count: linearRegionsOnPlane(montufarNetwork(layers), square).count,
    predicted: maxLinearRegions({ inputs: 2, widths: Array.from({ length: layers }, () => 4) }).montufarLowerBound,
  }),
};

/** The linear regions of a network that folds on purpose, in the unit interval or square, beside what is predicted: one row. */
export function countFolds({ construction, layers }: FoldsCondition, seed: number): readonly Row[] {
  return [{ kind: 'folds', construction, layers, seed, ...constructions[construction](layers) }];
}
