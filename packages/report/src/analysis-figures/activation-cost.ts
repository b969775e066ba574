import type { ActivationCost } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { groupedBars } from '../figures/grouped-bars.ts';
import { formatNumber } from '../number-format.ts';

/** Time of each activation relative to ReLU, the first, in the same rounds: forward, backward and, where it was timed, of a whole training step. */
export function activationCostFigure({ timings, copy, elements, rounds, build }: ActivationCost): Figure {
  const parts = { forward: 'forward', backward: 'backward', step: 'training step' } as const;
  const nanoseconds = ({ median }: { readonly median: number }): string => formatNumber(median, 'significant2');
  const [relu] = timings;
  const figure = groupedBars({
    bars: timings.flatMap(({ name, relativeToRelu }) =>
      Object.entries(parts).flatMap(([key, series]) => {
        const value = relativeToRelu[key as keyof typeof parts];
        return value === null ? [] : [{ group: name, series, value, interval: null }];
      }),
    ),
    groupTitle: 'Activation',
    valueTitle: 'Time, ReLU = 1',
    caption: `Time of activations relative to ReLU: median of the ratios within ${rounds} rounds in which all take turns, over ${formatNumber(elements, 'integer')} elements on the ${build} kernels. ReLU takes ${nanoseconds(relu.forward)} ns an element forward and ${nanoseconds(relu.backward)} backward, a copy ${nanoseconds(copy)}.`,
    alt: `Bars: ${timings.map(({ name, relativeToRelu }) => `${name} ${formatNumber(relativeToRelu.forward, 'significant2')} times ReLU forward`).join(', ')}.`,
  });
  return {
    ...figure,
    layout: {
      ...figure.layout,
      shapes: [
        { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 1, y1: 1, line: { dash: 'dot', width: 1.5 }, layer: 'above' },
      ],
    },
    table: timings.map(({ name, forward, backward, step, relativeToRelu, relativeToCopy }) => ({
      activation: name,
      forwardToRelu: relativeToRelu.forward,
      backwardToRelu: relativeToRelu.backward,
      stepToRelu: relativeToRelu.step,
      forwardToCopy: relativeToCopy,
      forwardNanoseconds: forward.median,
      backwardNanoseconds: backward.median,
      stepSeconds: step?.median ?? null,
    })),
  };
}
