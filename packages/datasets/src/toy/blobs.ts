import { type Dataset, ParameterError, random } from '@relu-lab/core';
import { labelledPoints } from './labelled-points.ts';
import { notNegative, readOptions, wholeFrom } from '@relu-lab/core/options';
import type { ToyOptions } from './toy-options.ts';

export interface BlobOptions extends ToyOptions {
  /** Number of classes, one blob each; at least 1. Default 3. */
  readonly classes?: number;
  /** Coordinates of a point; at least 1. Default 2. */
  readonly features?: number;
}

/**
 * Round clouds, one a class: a centre that is uniform on [−1, 1) in every coordinate, and normal noise about it.
 *
 * The centres belong to the seed. For training and test data with the same centres draw one set, and share it out with
 * `selectRows` of `@relu-lab/core`.
 *
 * @param options.samples - rows, shared out equally; default 500.
 * @param options.noise - standard deviation of a cloud in every coordinate; default 0.15.
 * @param options.seed - default 0.
 * @throws ParameterError for an option that is out of range or unknown, or fewer samples than classes.
 */
export function blobs(options: BlobOptions = {}): Dataset {
  const { samples, noise, seed, classes, features } = readOptions('blobs', options, {
    samples: wholeFrom(1, 500),
    noise: notNegative(0.15),
    seed: wholeFrom(0, 0),
    classes: wholeFrom(1, 3),
    features: wholeFrom(1, 2),
  });
  if (samples < classes) {
    throw new ParameterError(`blobs needs at least one sample a class; got ${samples} samples for ${classes} classes`);
  }
  const stream = random(seed).stream('blobs');
  const centres = new Float64Array(classes * features);
  stream.stream('centres').fillUniform(centres, -1, 1);
  return labelledPoints({
    name: `${classes} blobs`,
    samples,
    features,
    classes,
    noise,
    stream,
    place: (point, label) => point.set(centres.subarray(label * features, (label + 1) * features)),
  });
}
