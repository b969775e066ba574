import { type Dataset, ParameterError, random } from '@relu-lab/core';
import { labelledPoints } from './labelled-points.ts';
import { notNegative, positive, readOptions, wholeFrom } from '@relu-lab/core/options';
import type { ToyOptions } from './toy-options.ts';

export interface SpiralOptions extends ToyOptions {
  /** How often an arm winds round the origin from radius 0 to 1; above 0. Default 1.5. */
  readonly turns?: number;
  /** Number of arms, which is the number of classes; at least 2. Default 2. */
  readonly arms?: number;
}

/** The radius at which the arms begin; nearer to the origin they could not be told apart. */
const start = 0.1;

/**
 * Archimedean spirals, one a class: radius r, angle 2π (turns r + class/arms), with r from 0.1 to 1 and r² uniform, so that the
 * points lie about equally dense along an arm. Hard for a network with few units.
 *
 * @param options.samples - rows, shared out equally; default 500.
 * @param options.noise - standard deviation on both coordinates; default 0.02.
 * @param options.seed - default 0.
 * @throws ParameterError for an option that is out of range or unknown, or fewer samples than arms.
 * @see Lang & Witbrock 1988, Learning to tell two spirals apart, Proceedings of the 1988 Connectionist Models Summer School
 */
export function spirals(options: SpiralOptions = {}): Dataset {
  const { samples, noise, seed, turns, arms } = readOptions('spirals', options, {
    samples: wholeFrom(2, 500),
    noise: notNegative(0.02),
    seed: wholeFrom(0, 0),
    turns: positive(1.5),
    arms: wholeFrom(2, 2),
  });
  if (samples < arms) {
    throw new ParameterError(`spirals needs at least one sample an arm; got ${samples} samples for ${arms} arms`);
  }
  return labelledPoints({
    name: `${arms} spirals`,
    samples,
    features: 2,
    classes: arms,
    noise,
    stream: random(seed).stream('spirals'),
    place(point, label, stream) {
      const radius = Math.sqrt(stream.uniform(start ** 2, 1));
      const angle = 2 * Math.PI * (turns * radius + label / arms);
      point[0] = radius * Math.cos(angle);
      point[1] = radius * Math.sin(angle);
    },
  });
}
