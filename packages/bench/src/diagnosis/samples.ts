import type { Dataset } from '@relu-lab/core';

/** The same data with every feature at mean 0 and deviation 1; constant features become 0. */
export function standardised(data: Dataset): Dataset {
  const { rows, features, inputs } = data;
  const out = new Float32Array(inputs.length);
  for (let c = 0; c < features; c++) {
    let sum = 0;
    for (let i = c; i < inputs.length; i += features) sum += inputs[i];
    const mean = sum / rows;
    let squares = 0;
    for (let i = c; i < inputs.length; i += features) squares += (inputs[i] - mean) ** 2;
    const deviation = Math.sqrt(squares / rows);
    for (let i = c; i < inputs.length; i += features) out[i] = deviation > 0 ? (inputs[i] - mean) / deviation : 0;
  }
  return { ...data, inputs: out };
}

/** Every input times `factor` plus `offset`. */
export function rescaled(data: Dataset, factor: number, offset: number): Dataset {
  return { ...data, inputs: data.inputs.map((x) => x * factor + offset) };
}

/** One feature times `factor`. */
export function withLargeFeature(data: Dataset, feature: number, factor: number): Dataset {
  return { ...data, inputs: data.inputs.map((x, i) => (i % data.features === feature ? x * factor : x)) };
}
