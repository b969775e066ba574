import type { ActivationName } from '@relu-lab/core';
import type { GrowthCondition } from './growth.ts';

/** What the study varies. */
export interface Varied {
  readonly weightVariances: readonly number[];
  readonly depth: number;
  readonly blocks: number;
  readonly width: number;
  readonly samples: number;
  readonly batches: readonly number[];
  /** How many times as wide the networks are that are wide, and as large their batch. */
  readonly wider: number;
}

/** Activations whose signals and gradients are compared where the weights are too large, bounded and unbounded. */
export const compared: readonly ActivationName[] = ['relu', 'selu', 'tanh', 'sigmoid'];

/** σ_w² that is too large for ReLU: each layer doubles the square of its signals. */
export const tooLarge = 4;

/** All networks whose growth is measured. */
export function growthConditions(varied: Varied): readonly GrowthCondition[] {
  const { weightVariances, depth, blocks, width, samples, batches, wider } = varied;
  const plain = { activation: 'relu', normalization: 'none', residual: false, depth, width, samples } as const;
  const norms = ['batch', 'layer'] as const;
  return [
    ...[...new Set([...weightVariances, 2, 3])].map((weightVariance) => ({
      ...plain,
      study: 'scale' as const,
      weightVariance,
    })),
    ...compared.map((activation) => ({
      ...plain,
      study: 'activation' as const,
      activation,
      weightVariance: tooLarge,
    })),
    ...(['none', ...norms] as const).map((normalization) => ({
      ...plain,
      study: 'residual' as const,
      normalization,
      residual: true,
      depth: blocks,
      weightVariance: 2,
    })),
    ...(['none', ...norms] as const).map((normalization) => ({
      ...plain,
      study: 'norm' as const,
      normalization,
      weightVariance: tooLarge,
    })),
    ...compared.map((activation) => ({
      ...plain,
      study: 'norm-activation' as const,
      activation,
      normalization: 'batch' as const,
      weightVariance: 2,
    })),
    {
      ...plain,
      study: 'norm-wide' as const,
      activation: 'tanh' as const,
      normalization: 'batch' as const,
      width: wider * width,
      samples: wider * samples,
      weightVariance: 2,
    },
    ...batches.map((rows) => ({
      ...plain,
      study: 'batch' as const,
      normalization: 'batch' as const,
      samples: rows,
      weightVariance: 2,
    })),
  ];
}
