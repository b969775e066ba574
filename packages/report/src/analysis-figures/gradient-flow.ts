import type { GradientFlow, LayerGradientFlow } from '@relu-lab/analysis';
import type { Row } from '@relu-lab/sweep';
import type { Interval } from '../claims/claim.ts';
import { errorBars } from '../figures/error-bars.ts';
import type { Figure } from '../figures/figure.ts';
import { logAxis } from '../figures/log-axis.ts';
import { translucent } from '../figures/palette.ts';
import { seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';

/**
 * Size of the gradient by weight layer, on a logarithmic axis, with its quantiles over samples, beside what theory expects of the layers
 * below the last, the band of finite width where it holds, and the verdict.
 */
export function gradientFlowFigure({ layers, samples, predicted, verdict }: GradientFlow): Figure {
  const [style] = seriesStyles(['gradient']).values();
  const names = layers.map(({ name }) => name);
  const norms = layers.map(({ gradientNorm }) => gradientNorm);
  const expected = expectedNorms(layers);
  const hasTheory = expected.filter((norm) => norm !== null).length > 1;
  const band = expectedBand(expected, predicted?.band ?? null);
  const chi = predicted?.chi1 ?? null;
  const spread = layers.map(({ gradientQuantiles }) => gradientQuantiles ?? null);
  const hasSpread = spread.some((quantiles) => quantiles !== null);
  const notes = [
    ...(hasSpread ? ['Dashes: the 5 %, 50 % and 95 % quantile of |∂ℓ/∂z| over samples.'] : []),
    ...(hasTheory
      ? [
          'Dotted: what mean field theory expects. Bars: what other weights in the layer above could have given, at 95 %.',
        ]
      : []),
    ...(band ? ['Band: where 95 % of random networks of these widths lie, for one sample.'] : []),
    `Verdict: ${verdict.status}. ${verdict.reason}`,
    ...(chi === null ? [] : [`Where signals settle, theory has χ₁ = ${formatNumber(chi, 'significant3')}.`]),
  ];
  return {
    data: [
      ...(band ? [bandTrace(names, band, style.color)] : []),
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'gradient',
        x: names,
        y: norms,
        line: { color: style.color, width: 2.25 },
        marker: { color: style.color, symbol: style.marker, size: 8 },
        hovertemplate: '%{x}: %{y:.3~g}<extra></extra>',
        showlegend: hasTheory || hasSpread,
        error_y: errorBars(norms, intervals(layers)),
      },
      ...(hasTheory
        ? [
            {
              type: 'scatter' as const,
              mode: 'lines',
              name: 'theory, from the last layer down',
              x: names,
              y: expected,
              line: { color: style.color, dash: 'dot', width: 2 },
              hovertemplate: '%{x} by theory: %{y:.3~g}<extra></extra>',
            },
          ]
        : []),
      ...(hasSpread ? [spreadTrace(names, spread)] : []),
    ],
    layout: {
      xaxis: { title: { text: 'Weight layer, from the input up' }, type: 'category' },
      yaxis: {
        title: { text: 'Size of the gradient with respect to z' },
        ...logAxis('y', [
          ...norms,
          ...expected.map((norm) => norm ?? NaN),
          ...(band ?? []).flat(),
          ...spread.flatMap((quantiles) => quantiles ?? []),
        ]),
      },
    },
    caption: `Gradient flow over ${formatNumber(samples, 'integer')} samples: √(mean of |∂ℓ/∂z|²) by weight layer. A line that rises to the right vanishes towards the input. ${notes.join(' ')}`,
    alt: `A line over ${layers.length} weight layers on a logarithmic axis: from ${formatNumber(norms[0], 'significant2')} at the input to ${formatNumber(norms[norms.length - 1], 'significant2')} at the output. Verdict: ${verdict.status}. ${verdict.reason}`,
    table: layers.map((layer, i) => ({
      layer: layer.name,
      gradientNorm: layer.gradientNorm,
      ...(hasSpread && quantileColumns(spread[i])),
      expectedNorm: expected[i],
      bandFrom: band?.[i]?.[0] ?? null,
      bandTo: band?.[i]?.[1] ?? null,
      weightGradientNorm: layer.weightGradientNorm,
      weightNorm: layer.weightNorm,
      gradientToWeightRatio: layer.gradientToWeightRatio,
      growth: layer.growth,
      expectedGrowth: layer.predicted?.growth ?? null,
    })),
  };
}

/** From the last layer towards the input: each step the factor that theory expects; null below a layer of which it says nothing. */
function expectedNorms(layers: readonly LayerGradientFlow[]): readonly (number | null)[] {
  let norm: number | null = layers.at(-1)?.gradientNorm ?? null;
  return layers
    .map(({ predicted }, i) => ({ factor: predicted?.growth ?? null, isLast: i === layers.length - 1 }))
    .reverse()
    .map(({ factor, isLast }) => {
      if (!isLast) norm = norm === null || factor === null ? null : norm * Math.sqrt(factor);
      return norm;
    })
    .reverse();
}

/** The band of finite width around what is expected of hidden layers: it opens downwards from the highest of them. */
function expectedBand(
  expected: readonly (number | null)[],
  band: readonly (readonly [number, number])[] | null,
): readonly Interval[] | null {
  const top = expected.at(-2) ?? null;
  if (band === null || top === null) return null;
  return band.map(([from, to]) => [top * Math.sqrt(from), top * Math.sqrt(to)]);
}

type Quantiles = NonNullable<LayerGradientFlow['gradientQuantiles']>;

const quantileNames = ['5 %', '50 %', '95 %'] as const;

function quantileColumns(quantiles: Quantiles | null): Row {
  const [low, median, high] = quantiles ?? [null, null, null];
  return { sampleQuantile5: low, sampleQuantile50: median, sampleQuantile95: high };
}

/** Three dashes a layer. */
function spreadTrace(names: readonly string[], spread: readonly (Quantiles | null)[]): Trace {
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'samples: 5 %, 50 %, 95 %',
    x: names.flatMap((name) => quantileNames.map(() => name)),
    y: spread.flatMap((quantiles) => quantileNames.map((_, i) => quantiles?.[i] ?? null)),
    text: names.flatMap(() => quantileNames),
    marker: { symbol: 'line-ew', size: 14, line: { color: 'var(--muted)', width: 2 } },
    hovertemplate: '%{x}, %{text} of samples below: %{y:.3~g}<extra></extra>',
  };
}

function bandTrace(names: readonly string[], band: readonly Interval[], color: string): Trace {
  const within = names.slice(0, band.length);
  return {
    type: 'scatter',
    mode: 'lines',
    name: 'band',
    x: [...within, ...[...within].reverse()],
    y: [...band.map(([, to]) => to), ...[...band].reverse().map(([from]) => from)],
    fill: 'toself',
    fillcolor: translucent(color, 0.15),
    line: { width: 0, color },
    hoverinfo: 'skip',
    showlegend: false,
  };
}

/** The interval of each layer's growth, as sizes: seen from the layer above. */
function intervals(layers: readonly LayerGradientFlow[]): readonly (Interval | null)[] {
  return layers.map(({ growthInterval }, i) => {
    const above = layers[i + 1]?.gradientNorm;
    if (!growthInterval || above === undefined) return null;
    return [above * Math.sqrt(Math.max(0, growthInterval[0])), above * Math.sqrt(growthInterval[1])];
  });
}
