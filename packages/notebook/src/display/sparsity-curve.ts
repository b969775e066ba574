import { sparsity } from '@relu-lab/analysis';
import { type Dataset, ParameterError } from '@relu-lab/core';
import type { Network } from '@relu-lab/nn';
import { type Figure, linesWithBands } from '@relu-lab/report';
import type { TellingProbe } from './live.ts';

export interface SparsityCurveOptions {
  /** Steps from one look to the next, each a pass over the whole of `data`. Default: so that a run has about 40. */
  readonly every?: number;
}

/**
 * A probe for `train` whose result is the figure of sparsity by step: for each activation layer the share of elements (samples × units)
 * that are exactly zero over `data`, from before the first step to after the last. Meant for {@link live}. Its passes end the view of
 * probes behind it: put it last.
 *
 * @throws ParameterError for an `every` that is no whole number of at least 1.
 */
export function sparsityCurve(data: Dataset, { every }: SparsityCurveOptions = {}): TellingProbe<Figure> {
  if (every !== undefined && !(Number.isSafeInteger(every) && every >= 1))
    throw new ParameterError(`every must be a whole number of at least 1, not ${every}`);
  const points: { readonly series: string; readonly x: number; readonly y: number; readonly interval: null }[] = [];
  let between = every ?? 1;
  const look = (network: Network, step: number): void => {
    if (points.at(-1)?.x === step) return;
    for (const { name, zeroFraction } of sparsity(network, data).layers)
      points.push({ series: name, x: step, y: zeroFraction, interval: null });
  };
  return {
    name: 'sparsity',
    get every() {
      return between;
    },
    start: (network, run) => {
      between = every ?? Math.max(1, Math.round(run.steps / 40));
      points.length = 0;
      look(network, 0);
    },
    step: (view) => look(view.network, view.step),
    finish: look,
    result: () => {
      const last = points.at(-1);
      if (!last)
        throw new ParameterError('There is no sparsity yet: the run has not begun, or no layer has activations');
      const now = points.filter(({ x }) => x === last.x);
      return linesWithBands({
        points,
        xTitle: 'step',
        yTitle: 'share of zeros',
        format: 'percent0',
        caption: `Sparsity by step: the share of each layer’s outputs that are exactly zero on ${data.rows} samples.`,
        alt: `A line for each layer over steps: the share of zeros. After ${last.x} steps: ${now.map(({ series, y }) => `${series} ${(100 * y).toFixed(0)} %`).join(', ')}.`,
      });
    },
  };
}
