import { ParameterError } from '@relu-lab/core';
import { type Figure, linesWithBands, palette } from '@relu-lab/report';
import type { TellingProbe } from './live.ts';

export interface LossCurveOptions {
  /** Steps that one point of the curve stands for: their losses are averaged. Default: as many as keep the curve at 200 to 400 points, however long the run is. */
  readonly average?: number;
}

/** From this many points on, each two become one. */
const mostPoints = 400;

/**
 * A probe for `train` whose result is the figure of the loss by step: the mean over `average` batches, activation penalty included, on a
 * logarithmic axis. Meant for {@link live}. A loss that is not finite is a gap.
 *
 * @throws ParameterError for an `average` that is no whole number of at least 1.
 */
export function lossCurve({ average }: LossCurveOptions = {}): TellingProbe<Figure> {
  if (average !== undefined && !(Number.isSafeInteger(average) && average >= 1))
    throw new ParameterError(`average must be a whole number of at least 1, not ${average}`);
  let points: { readonly step: number; readonly loss: number }[] = [];
  let block = average ?? 1;
  let steps = 0;
  let sum = 0;
  return {
    name: 'loss',
    start: () => {
      block = average ?? 1;
      points = [];
      [steps, sum] = [0, 0];
    },
    step: (view) => {
      sum += view.loss;
      if (++steps < block) return;
      points.push({ step: view.step, loss: sum / steps });
      [steps, sum] = [0, 0];
      // A run that will be long, or be interrupted, has a curve from its first steps on.
      if (average !== undefined || points.length < mostPoints) return;
      points = points.flatMap(({ step, loss }, at) =>
        at % 2 === 1 ? [{ step, loss: (points[at - 1].loss + loss) / 2 }] : [],
      );
      block *= 2;
    },
    result: () => {
      const last = points.at(-1);
      if (!last) throw new ParameterError('There is no loss yet: too few steps have been taken');
      const batches = block === 1 ? 'each batch' : `${block} batches`;
      const figure = linesWithBands({
        points: points.map(({ step, loss }) => ({ series: 'training', x: step, y: loss, interval: null })),
        xTitle: 'step',
        yTitle: 'loss',
        yScale: 'log',
        caption: `The loss by step, a mean over ${batches}: ${last.loss.toPrecision(3)} after ${last.step} steps.`,
        alt: `A line over steps on a logarithmic axis: the training loss, from ${points[0].loss.toPrecision(3)} to ${last.loss.toPrecision(3)}.`,
      });
      // A jagged line, dashed, could not be read.
      const line = { color: palette[0].light, dash: 'solid', width: 2 };
      return { ...figure, data: figure.data.map((trace) => ({ ...trace, line })) };
    },
  };
}
