/**
 * Number `i` of stream `seed`: uniform in [−1, 1), a multiple of 2⁻²³, by Murmur3's finaliser. Short, and the same in every
 * language (NumPy in `peers/torch.py`), so that all engines compute on the same numbers and can be held against each other.
 */
export function hashed(seed: number, i: number): number {
  let h = (i + Math.imul(seed, 0x9e3779b9)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  return (h >>> 8) / 2 ** 23 - 1;
}

/** The first `length` numbers of a stream, times `scale`. */
export function uniform(seed: number, length: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * hashed(seed, i));
}

/** Class labels of a batch. */
export function labels(rows: number, classes: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => Math.floor(((hashed(3, i) + 1) / 2) * classes));
}

/** Weights of dense layer `layer` (units × inputs), of variance 2 / inputs as He's. */
export function layerWeights(layer: number, inputs: number, units: number): Float32Array {
  return uniform(100 + layer, inputs * units, Math.sqrt(6 / inputs));
}

/** What training steps learn with: small, so that numbers stay ordinary however many steps are timed. */
export const learningRate = 0.01;

/** Inputs of activations reach from −4 to 4. */
export const activationScale = 4;

/** An array in two numbers that tell it from another: root mean square, and a weighted sum over its length. */
export function digest(values: ArrayLike<number>): readonly number[] {
  let squares = 0;
  let weighted = 0;
  for (let i = 0; i < values.length; i++) {
    squares += values[i] ** 2;
    weighted += values[i] * hashed(7, i);
  }
  return [Math.sqrt(squares / values.length), weighted / Math.sqrt(squares)];
}
