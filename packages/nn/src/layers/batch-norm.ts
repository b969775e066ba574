import { ParameterError, ShapeError } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import type { LayerDefinition, Placement } from '../layer.ts';
import { checkPositive } from '../checks.ts';
import { placement } from '../placement.ts';

export interface BatchNormOptions extends Placement {
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
  /** Share of the new batch in the running statistics; default 0.1. */
  readonly momentum?: number;
}

/**
 * Batch normalisation: y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² (biased) of each feature over the batch in training,
 * and the running ones (σ² unbiased) in evaluation, as PyTorch's BatchNorm1d.
 *
 * @throws ParameterError when `epsilon` is not positive and finite, or `momentum` not in (0, 1]; in a training pass
 *   ShapeError for a single row.
 * @see Ioffe & Szegedy 2015, https://arxiv.org/abs/1502.03167
 */
export function batchNorm(options: BatchNormOptions = {}): LayerDefinition {
  refuseUnknown('batchNorm', options, ['epsilon', 'momentum', 'name', 'from']);
  const { epsilon = 1e-5, momentum = 0.1 } = options;
  checkPositive('epsilon of batch norm', epsilon);
  if (!(momentum > 0 && momentum <= 1)) {
    throw new ParameterError(`momentum of batch norm must be above 0 and at most 1, not ${String(momentum)}`);
  }
  return {
    kind: 'batch-norm',
    stem: 'batch-norm',
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, arena, backend, parameter, statistic }) => {
      const [width] = inputs;
      const scale = parameter('scale', [width]);
      const shift = parameter('shift', [width]);
      const runningMean = statistic('mean', width, 0);
      const runningVariance = statistic('variance', width, 1);
      let normalised = 0;
      let inverse = 0;
      return {
        name,
        kind: 'batch-norm',
        role: 'normalization',
        epsilon,
        from,
        inputs,
        outputs: width,
        parameters: [scale, shift],
        statistics: [runningMean, runningVariance],
        initialize: () => backend.fill(scale.offset, width, 1),
        reserve: (rows) => {
          normalised = arena.allocate(rows * width);
          inverse = arena.allocate(width);
        },
        forward: ({ inputs: [x], output }, { rows, mode, updateStatistics }) => {
          if (mode === 'training' && rows < 2) {
            throw new ShapeError(`${name} needs at least two rows in training: one has no variance`);
          }
          const v = arena.values;
          for (let c = 0; c < width; c++) {
            let mean = v[runningMean.offset + c];
            let variance = v[runningVariance.offset + c];
            if (mode === 'training') {
              let sum = 0;
              for (let r = 0; r < rows; r++) sum += v[x + r * width + c];
              const batchMean = sum / rows;
              let squares = 0;
              for (let r = 0; r < rows; r++) squares += (v[x + r * width + c] - batchMean) ** 2;
              if (updateStatistics) {
                v[runningMean.offset + c] = mean + momentum * (batchMean - mean);
                const unbiased = squares / (rows - 1);
                v[runningVariance.offset + c] = variance + momentum * (unbiased - variance);
              }
              mean = batchMean;
              variance = squares / rows;
            }
            const factor = 1 / Math.sqrt(variance + epsilon);
            v[inverse + c] = factor;
            const gamma = v[scale.offset + c];
            const beta = v[shift.offset + c];
            for (let i = c; i < rows * width; i += width) {
              const unit = (v[x + i] - mean) * factor;
              v[normalised + i] = unit;
              v[output + i] = gamma * unit + beta;
            }
          }
        },
        backward: ({ outputGradient: dy, inputGradients: [dx] }, { rows, mode }) => {
          const v = arena.values;
          for (let c = 0; c < width; c++) {
            let dShift = 0;
            let dScale = 0;
            for (let i = c; i < rows * width; i += width) {
              const upstream = v[dy + i];
              dShift += upstream;
              dScale += upstream * v[normalised + i];
            }
            v[shift.gradient + c] = dShift;
            v[scale.gradient + c] = dScale;
            if (dx === 0) continue;
            const factor = v[scale.offset + c] * v[inverse + c];
            const throughMean = mode === 'training' ? dShift / rows : 0;
            const throughVariance = mode === 'training' ? dScale / rows : 0;
            for (let i = c; i < rows * width; i += width) {
              v[dx + i] = factor * (v[dy + i] - throughMean - v[normalised + i] * throughVariance);
            }
          }
        },
      };
    },
  };
}
