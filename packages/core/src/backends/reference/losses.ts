import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/** Losses and their gradients. */
export function referenceLosses(arena: Arena): Pick<Backend, 'softmaxCrossEntropy' | 'meanSquaredError'> {
  return {
    softmaxCrossEntropy(logits, labels, gradient, rows, classes) {
      const values = arena.values;
      const integers = arena.integers;
      let loss = 0;
      for (let r = 0; r < rows; r++) {
        const row = logits + r * classes;
        const rowGradient = gradient + r * classes;
        const label = integers[labels + r];
        let largest = -Infinity;
        for (let c = 0; c < classes; c++) largest = Math.max(largest, values[row + c]);
        let total = 0;
        for (let c = 0; c < classes; c++) total += Math.exp(values[row + c] - largest);
        const ownLogit = label >= 0 && label < classes ? values[row + label] : NaN;
        loss += Math.log(total) - (ownLogit - largest);
        for (let c = 0; c < classes; c++) {
          const probability = Math.exp(values[row + c] - largest) / total;
          values[rowGradient + c] = (probability - (c === label ? 1 : 0)) / rows;
        }
      }
      return loss / rows;
    },

    meanSquaredError(output, target, gradient, length) {
      const values = arena.values;
      let loss = 0;
      for (let i = 0; i < length; i++) {
        const error = values[output + i] - values[target + i];
        loss += error * error;
        values[gradient + i] = (2 * error) / length;
      }
      return loss / length;
    },
  };
}
