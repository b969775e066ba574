import { refuseUnknown } from '@relu-lab/core/options';
import type { LayerDefinition, Placement } from '../layer.ts';
import { checkPositive } from '../checks.ts';
import { placement } from '../placement.ts';

export interface LayerNormOptions extends Placement {
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Layer normalisation: y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² (biased) of each row over its features.
 *
 * @throws ParameterError when `epsilon` is not positive and finite.
 * @see Ba, Kiros & Hinton 2016, https://arxiv.org/abs/1607.06450
 */
export function layerNorm(options: LayerNormOptions = {}): LayerDefinition {
  refuseUnknown('layerNorm', options, ['epsilon', 'name', 'from']);
  const { epsilon = 1e-5 } = options;
  checkPositive('epsilon of layer norm', epsilon);
  return {
    kind: 'layer-norm',
    stem: 'layer-norm',
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, arena, backend, parameter }) => {
      const [width] = inputs;
      const scale = parameter('scale', [width]);
      const shift = parameter('shift', [width]);
      let normalised = 0;
      let inverse = 0;
      return {
        name,
        kind: 'layer-norm',
        role: 'normalization',
        epsilon,
        from,
        inputs,
        outputs: width,
        parameters: [scale, shift],
        statistics: [],
        initialize: () => backend.fill(scale.offset, width, 1),
        reserve: (rows) => {
          normalised = arena.allocate(rows * width);
          inverse = arena.allocate(rows);
        },
        forward: ({ inputs: [x], output }, { rows }) => {
          const v = arena.values;
          for (let r = 0; r < rows; r++) {
            const row = r * width;
            let sum = 0;
            for (let c = 0; c < width; c++) sum += v[x + row + c];
            const mean = sum / width;
            let squares = 0;
            for (let c = 0; c < width; c++) squares += (v[x + row + c] - mean) ** 2;
            const factor = 1 / Math.sqrt(squares / width + epsilon);
            v[inverse + r] = factor;
            for (let c = 0; c < width; c++) {
              const unit = (v[x + row + c] - mean) * factor;
              v[normalised + row + c] = unit;
              v[output + row + c] = v[scale.offset + c] * unit + v[shift.offset + c];
            }
          }
        },
        backward: ({ outputGradient: dy, inputGradients: [dx] }, { rows }) => {
          const v = arena.values;
          backend.columnSums(shift.gradient, dy, rows, width, false);
          for (let c = 0; c < width; c++) {
            let dScale = 0;
            for (let i = c; i < rows * width; i += width) dScale += v[dy + i] * v[normalised + i];
            v[scale.gradient + c] = dScale;
          }
          if (dx === 0) return;
          for (let r = 0; r < rows; r++) {
            const row = r * width;
            let mean = 0;
            let projection = 0;
            for (let c = 0; c < width; c++) {
              const upstream = v[dy + row + c] * v[scale.offset + c];
              mean += upstream / width;
              projection += (upstream * v[normalised + row + c]) / width;
            }
            for (let c = 0; c < width; c++) {
              const upstream = v[dy + row + c] * v[scale.offset + c];
              v[dx + row + c] = v[inverse + r] * (upstream - mean - v[normalised + row + c] * projection);
            }
          }
        },
      };
    },
  };
}
