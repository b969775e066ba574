import { type Dataset, random } from '@relu-lab/core';
import { labelledPoints } from './labelled-points.ts';
import { notNegative, readOptions, wholeFrom } from '@relu-lab/core/options';
import type { ToyOptions } from './toy-options.ts';

/**
 * Two half circles of radius 1 that reach into each other: class 0 is (cos t, sin t), class 1 is (1 − cos t, ½ − sin t),
 * with t uniform on [0, π). Separable, but not by a straight line.
 *
 * @param options.samples - rows, shared out equally; default 500.
 * @param options.noise - standard deviation on both coordinates; default 0.1.
 * @param options.seed - default 0.
 * @throws ParameterError for samples below 2, a negative noise, an invalid seed or an unknown option.
 * @see scikit-learn, make_moons, https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html
 */
export function twoMoons(options: ToyOptions = {}): Dataset {
  const { samples, noise, seed } = readOptions('twoMoons', options, {
    samples: wholeFrom(2, 500),
    noise: notNegative(0.1),
    seed: wholeFrom(0, 0),
  });
  return labelledPoints({
    name: 'two moons',
    samples,
    features: 2,
    classes: 2,
    noise,
    stream: random(seed).stream('two moons'),
    place(point, label, stream) {
      const t = stream.uniform(0, Math.PI);
      point[0] = label === 0 ? Math.cos(t) : 1 - Math.cos(t);
      point[1] = label === 0 ? Math.sin(t) : 0.5 - Math.sin(t);
    },
  });
}
