import type { Dataset, RandomStream } from '@relu-lab/core';

/** A toy set before its rows are drawn. */
export interface LabelledPoints {
  readonly name: string;
  readonly samples: number;
  readonly features: number;
  readonly classes: number;
  /** Standard deviation of the noise on every coordinate. */
  readonly noise: number;
  /** The stream of the set's own name, so that two kinds of one seed share no numbers. */
  readonly stream: RandomStream;
  /** Puts a point of class `label` without noise into `point`, drawing from `stream`. */
  place(point: Float64Array, label: number, stream: RandomStream): void;
}

/**
 * Draws the rows of a toy set. Row i has class i mod `classes`, so that the first rows, too, are balanced to within one; and
 * a row depends only on its place, so that a smaller set is the beginning of a larger one.
 */
export function labelledPoints(set: LabelledPoints): Dataset {
  const { name, samples, features, classes, noise, stream } = set;
  const places = stream.stream('place');
  const disturbances = stream.stream('noise');
  const inputs = new Float32Array(samples * features);
  const targets = new Int32Array(samples);
  const point = new Float64Array(features);
  for (let row = 0; row < samples; row++) {
    const label = row % classes;
    set.place(point, label, places);
    for (let j = 0; j < features; j++) inputs[row * features + j] = point[j] + disturbances.normal(0, noise);
    targets[row] = label;
  }
  return { name, rows: samples, features, classes, inputs, targets };
}
