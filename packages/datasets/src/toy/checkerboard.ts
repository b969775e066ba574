import { type Dataset, random } from '@relu-lab/core';
import { labelledPoints } from './labelled-points.ts';
import { notNegative, readOptions, wholeFrom } from '@relu-lab/core/options';
import type { ToyOptions } from './toy-options.ts';

export interface CheckerboardOptions extends ToyOptions {
  /** Fields along one side; at least 2. Default 4. */
  readonly cells?: number;
}

/**
 * A board of `cells` × `cells` fields over [−1, 1)²: class (column + row) mod 2, counted from the lower left, with points uniform
 * over the fields of their class. (With an odd number of cells class 0 has one field more, so its points lie thinner.)
 *
 * @param options.samples - rows, shared out equally; default 500.
 * @param options.noise - standard deviation on both coordinates, added after the class was given; default 0.
 * @param options.seed - default 0.
 * @throws ParameterError for an option that is out of range or unknown.
 */
export function checkerboard(options: CheckerboardOptions = {}): Dataset {
  const { samples, noise, seed, cells } = readOptions('checkerboard', options, {
    samples: wholeFrom(2, 500),
    noise: notNegative(0),
    seed: wholeFrom(0, 0),
    cells: wholeFrom(2, 4),
  });
  const edge = 2 / cells;
  return labelledPoints({
    name: `${cells} × ${cells} checkerboard`,
    samples,
    features: 2,
    classes: 2,
    noise,
    stream: random(seed).stream('checkerboard'),
    place(point, label, stream) {
      // Fields are drawn until one has the class: every second one has.
      let column = stream.integer(cells);
      let row = stream.integer(cells);
      while ((column + row) % 2 !== label) {
        column = stream.integer(cells);
        row = stream.integer(cells);
      }
      point[0] = -1 + edge * (column + stream.uniform());
      point[1] = -1 + edge * (row + stream.uniform());
    },
  });
}
