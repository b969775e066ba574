import { type Dataset, ParameterError, random } from '@relu-lab/core';
import { labelledPoints } from './labelled-points.ts';
import { notNegative, positive, readOptions, wholeFrom } from '@relu-lab/core/options';
import type { ToyOptions } from './toy-options.ts';

export interface CircleOptions extends ToyOptions {
  /** Radius of the inner circle, class 1; above 0 and below 1, the radius of the outer one. Default 0.5. */
  readonly innerRadius?: number;
}

/**
 * Two circles about the origin: class 0 of radius 1, class 1 of radius `innerRadius`; the angle is uniform.
 *
 * @param options.samples - rows, shared out equally; default 500.
 * @param options.noise - standard deviation on both coordinates; default 0.05.
 * @param options.seed - default 0.
 * @throws ParameterError for an option that is out of range or unknown.
 * @see scikit-learn, make_circles, https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_circles.html
 */
export function circles(options: CircleOptions = {}): Dataset {
  const { samples, noise, seed, innerRadius } = readOptions('circles', options, {
    samples: wholeFrom(2, 500),
    noise: notNegative(0.05),
    seed: wholeFrom(0, 0),
    innerRadius: positive(0.5),
  });
  if (innerRadius >= 1) {
    throw new ParameterError(
      `innerRadius of circles must be below 1, the radius of the outer circle, not ${innerRadius}`,
    );
  }
  return labelledPoints({
    name: 'circles',
    samples,
    features: 2,
    classes: 2,
    noise,
    stream: random(seed).stream('circles'),
    place(point, label, stream) {
      const radius = label === 0 ? 1 : innerRadius;
      const angle = stream.uniform(0, 2 * Math.PI);
      point[0] = radius * Math.cos(angle);
      point[1] = radius * Math.sin(angle);
    },
  });
}
