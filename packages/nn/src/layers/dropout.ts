import { refuseUnknown } from '@relu-lab/core/options';
import type { LayerDefinition, Placement } from '../layer.ts';
import { checkFraction } from '../checks.ts';
import { placement } from '../placement.ts';

export interface DropoutOptions extends Placement {
  /** Probability p that an element is dropped; 0 ≤ p < 1, default 0.5. */
  readonly rate?: number;
}

const optionNames = ['rate', 'name', 'from'];

/** What a kept element x becomes, `keptScale x + keptShift`, and what a dropped one becomes. */
interface Noise {
  readonly keptScale: number;
  readonly keptShift: number;
  readonly dropped: number;
}

/**
 * Dropout: in training each element is 0 with probability p and x / (1 − p) otherwise; in evaluation nothing happens.
 *
 * @throws ParameterError when `rate` is not in [0, 1).
 * @see Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html
 */
export function dropout(options: DropoutOptions = {}): LayerDefinition {
  refuseUnknown('dropout', options, optionNames);
  const { rate = 0.5 } = options;
  return noisy('dropout', rate, { keptScale: 1 / (1 - rate), keptShift: 0, dropped: 0 }, options);
}

/** SELU's limit for x → −∞, −λ α. */
const seluFloor = -1.0507009873554804934 * 1.6732632423543772848;

/**
 * Alpha dropout: in training each element is α' = −λα (SELU's floor) with probability p, and all are then scaled by
 * a = ((1 − p)(1 + p α'²))^(−1/2) and shifted by b = −a α' p, which keeps mean 0 and variance 1.
 *
 * @throws ParameterError when `rate` is not in [0, 1).
 * @see Klambauer et al. 2017, https://arxiv.org/abs/1706.02515
 */
export function alphaDropout(options: DropoutOptions = {}): LayerDefinition {
  refuseUnknown('alphaDropout', options, optionNames);
  const { rate = 0.5 } = options;
  const a = 1 / Math.sqrt((1 - rate) * (1 + rate * seluFloor ** 2));
  const b = -a * seluFloor * rate;
  return noisy('alpha-dropout', rate, { keptScale: a, keptShift: b, dropped: a * seluFloor + b }, options);
}

function noisy(kind: 'dropout' | 'alpha-dropout', rate: number, become: Noise, options: Placement): LayerDefinition {
  checkFraction(`rate of ${kind}`, rate);
  const { keptScale, keptShift, dropped } = become;
  return {
    kind,
    stem: kind,
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, arena, backend }) => {
      const [width] = inputs;
      let kept = 0;
      return {
        name,
        kind,
        role: 'regularization',
        from,
        inputs,
        outputs: width,
        parameters: [],
        statistics: [],
        reserve: (rows) => {
          kept = arena.allocate(rows * width);
        },
        forward: ({ inputs: [x], output }, { rows, mode }, noise) => {
          const length = rows * width;
          if (mode === 'evaluation') {
            backend.copy(output, x, length);
            return;
          }
          const { values } = arena;
          noise.fillUniform(values.subarray(kept, kept + length));
          for (let i = 0; i < length; i++) {
            const keep = values[kept + i] >= rate;
            values[kept + i] = keep ? keptScale : 0;
            values[output + i] = keep ? values[x + i] * keptScale + keptShift : dropped;
          }
        },
        backward: ({ outputGradient, inputGradients: [dx] }, { rows, mode }) => {
          if (dx === 0) return;
          const length = rows * width;
          backend.copy(dx, outputGradient, length);
          if (mode === 'evaluation') return;
          const { values } = arena;
          for (let i = 0; i < length; i++) values[dx + i] = values[dx + i] * values[kept + i];
        },
      };
    },
  };
}
