import type { ActivationCost } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { groupedBars } from '../figures/grouped-bars.ts';
import { formatNumber } from '../number-format.ts';

/** Time of each activation, there and back, with quartiles over rounds. */
export function activationCostFigure({ timings, copy, elements, rounds, build }: ActivationCost): Figure {
  const passes = ['forward', 'backward'] as const;
  return groupedBars({
    bars: timings.flatMap((timing) =>
      passes.map((pass) => ({
        group: timing.name,
        series: pass,
        value: timing[pass].median,
        interval: timing[pass].quartiles,
      })),
    ),
    groupTitle: 'Activation',
    valueTitle: 'Nanoseconds an element',
    caption: `Time of activations over ${formatNumber(elements, 'integer')} elements on the ${build} kernels: median and quartiles of ${rounds} rounds in which all take turns. A copy takes ${formatNumber(copy.median, 'significant2')} ns an element.`,
    alt: `Bars: ${timings.map(({ name, relativeToRelu }) => `${name} ${formatNumber(relativeToRelu.forward, 'significant2')} times ReLU forward`).join(', ')}.`,
  });
}
