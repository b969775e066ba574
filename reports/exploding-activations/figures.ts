import { type Figure, type Table, formatNumber, groupedBars, linesWithBands, seriesStyles } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, select, share } from '../measurements.ts';
import { atBestRate } from './best-rate.ts';

const log = { scale: 'log' } as const;

const normNames: Readonly<Record<string, string>> = { none: 'no norm', batch: 'batch norm', layer: 'layer norm' };

type Direction = 'forward' | 'backward';

const directions: Readonly<Record<Direction, { readonly theory: string; readonly title: string }>> = {
  forward: { theory: 'expectedForward', title: 'Mean square of signals, first = 1' },
  backward: { theory: 'expectedBackward', title: 'Mean square of gradients, last = 1' },
};

/** Signals by layer for each weight scale. */
export function scaleFigure(rows: readonly Row[]): Figure {
  return byLayer(select(rows, { study: 'scale' }), 'forward', {
    seriesOf: ({ weightVariance }) => `σ_w² = ${String(weightVariance)}`,
    caption:
      'Signals through a deep ReLU network by the scale of its weights, at initialisation: mean square of pre-activations relative to the first layer, geometric mean over seeds. Dotted: theory, σ_w²/2 a layer.',
  });
}

/** Signals or gradients by layer under each normalisation, with weights that are too large. */
export function normFigure(rows: readonly Row[], direction: Direction): Figure {
  const what = direction === 'forward' ? 'Signals on their way up' : 'Gradients on their way down';
  const theory =
    direction === 'forward'
      ? 'σ_w²/2 a layer without a norm, 1 with either.'
      : 'σ_w²/2 a layer without a norm, π/(π − 1) with batch norm, 1 with layer norm.';
  return byLayer(select(rows, { study: 'norm' }), direction, {
    seriesOf: ({ normalization }) => normNames[String(normalization)],
    caption: `${what} through a deep ReLU network whose weights are too large, with and without normalisation; geometric mean over seeds. Dotted: theory, ${theory}`,
  });
}

function byLayer(
  rows: readonly Row[],
  direction: Direction,
  { seriesOf, caption }: { readonly seriesOf: (row: Row) => string; readonly caption: string },
): Figure {
  const own = select(rows, { kind: 'layer' }).map((row) => ({ ...row, series: seriesOf(row) }));
  const names = [...new Set(own.map(({ series }) => series))];
  const layers = [...new Set(own.map((row) => Number((row as Row).layer)))];
  const styles = seriesStyles(names);
  const { theory, title } = directions[direction];
  const means = (series: string, key: string): readonly number[] =>
    layers.map((layer) => measurement(bySeed(own, { series, layer }, key), log).estimate);
  const last = direction === 'forward' ? layers.length - 1 : 0;
  const lines = linesWithBands({
    points: names.flatMap((series) =>
      means(series, direction).map((y, i) => ({ series, x: layers[i], y, interval: null })),
    ),
    xTitle: 'Weight layer, from the input up',
    yTitle: title,
    yScale: 'log',
    caption,
    alt: `Lines over ${layers.length} layers on a logarithmic axis. Relative square at the ${direction === 'forward' ? 'top' : 'bottom'}: ${names.map((name) => `${name} ${formatNumber(means(name, direction)[last], 'significant2')}`).join(', ')}.`,
  });
  const solid = lines.data.map((trace) => ({
    ...trace,
    line: { ...(trace['line'] as object), dash: 'solid', width: 1.5 },
  }));
  const dotted = names.map((name) => ({
    type: 'scatter' as const,
    mode: 'lines',
    name: `${name}, theory`,
    legendgroup: name,
    showlegend: false,
    x: layers,
    y: means(name, theory),
    line: { color: styles.get(name)?.color ?? '', dash: 'dot', width: 2.5 },
    hoverinfo: 'skip',
  }));
  return { ...lines, data: [...solid, ...dotted] };
}

/** Growth of signals and gradients a layer, by activation, where the weights are too large. */
export function activationsFigure(rows: readonly Row[]): Figure {
  return growthBars(select(rows, { study: 'activation' }), {
    groupOf: ({ activation }) => String(activation),
    groupTitle: 'Activation',
    what: 'with weights that are too large',
    each: 'layer',
  });
}

/** Growth of signals and gradients a block of residual sums, by normalisation. */
export function residualFigure(rows: readonly Row[]): Figure {
  return growthBars(select(rows, { study: 'residual' }), {
    groupOf: ({ normalization }) => normNames[String(normalization)],
    groupTitle: 'Normalisation in the branch',
    what: 'with residual sums, x + W relu(norm(x)), and He’s weights',
    each: 'block',
  });
}

function growthBars(
  rows: readonly Row[],
  {
    groupOf,
    groupTitle,
    what,
    each,
  }: {
    readonly groupOf: (row: Row) => string;
    readonly groupTitle: string;
    readonly what: string;
    readonly each: 'layer' | 'block';
  },
): Figure {
  const own = select(rows, { kind: 'growth' }).map((row) => ({ ...row, group: groupOf(row) }));
  const series = { forward: 'signals, upwards', backward: 'gradients, downwards' } as const;
  const bars = [...new Set(own.map(({ group }) => group))].flatMap((group) =>
    (Object.keys(series) as Direction[]).map((direction) => {
      const { estimate, interval } = measurement(bySeed(own, { group }, direction), log);
      return { group, series: series[direction], value: estimate, interval };
    }),
  );
  const figure = groupedBars({
    bars,
    groupTitle,
    valueTitle: `Growth of the square a ${each}`,
    format: 'fixed2',
    caption: `Growth of the square of signals and gradients a ${each}, ${what}, at initialisation; 1 keeps it. Geometric mean over seeds with its 95 % interval.`,
    alt: `Bars: ${bars.map(({ group, series: name, value }) => `${group}, ${name} ${formatNumber(value, 'fixed2')}`).join('; ')}.`,
  });
  const one = { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 1, y1: 1, line: { dash: 'dot', width: 1.5 } };
  return { ...figure, layout: { ...figure.layout, shapes: [one] } };
}

/** Growth of gradients under batch norm, by the size of the batch. */
export function batchesFigure(rows: readonly Row[]): Figure {
  const own = select(rows, { kind: 'growth', study: 'batch' });
  const sizes = [...new Set(own.map(({ samples }) => Number(samples)))].sort((a, b) => a - b);
  const points = sizes.flatMap((samples) => {
    const { estimate, interval } = measurement(bySeed(own, { samples }, 'backward'), log);
    const theory = measurement(bySeed(own, { samples }, 'expectedBackward'), log).estimate;
    return [
      { series: 'measured', x: samples, y: estimate, interval },
      { series: 'theory, large batches', x: samples, y: theory, interval: null },
    ];
  });
  const figure = linesWithBands({
    points: [...points].sort((a, b) => a.series.localeCompare(b.series)),
    xTitle: 'Samples in the batch',
    yTitle: 'Growth of the squared gradient a layer',
    xScale: 'log',
    caption:
      'Growth of squared gradients a layer under batch norm, by the size of the batch: geometric mean over seeds with its 95 % interval, beside π/(π − 1), which is for large batches.',
    alt: `A line that falls towards theory: ${points
      .filter(({ series }) => series === 'measured')
      .map(({ x, y }) => `${formatNumber(y, 'fixed2')} with ${x} samples`)
      .join(', ')}.`,
  });
  const ticks = { tickvals: sizes, ticktext: sizes.map(String) };
  return { ...figure, layout: { ...figure.layout, xaxis: { ...(figure.layout['xaxis'] as object), ...ticks } } };
}

/** Accuracy after training, with and without normalisation. */
export function trainedFigure(rows: readonly Row[], depth: number): Figure {
  const runs = atBestRate(rows);
  const bars = [...new Set(runs.map(({ weightVariance }) => Number(weightVariance)))].flatMap((weightVariance) =>
    Object.entries(normNames).map(([normalization, series]) => {
      const selection: Selection = { weightVariance, normalization };
      const { estimate, interval } = measurement(bySeed(runs, selection, 'accuracy'), share);
      return { group: `σ_w² = ${weightVariance}`, series, value: estimate, interval };
    }),
  );
  const diverged = runs.filter(({ status }) => status === 'diverged').length;
  return groupedBars({
    bars,
    groupTitle: 'Weights',
    valueTitle: 'Test accuracy',
    format: 'percent0',
    upTo: 1,
    caption: `Test accuracy of ReLU networks of ${depth} layers after training, mean over seeds with its 95 % interval; each with that of the learning rates tried which fits the training digits best. A guess has 10 %; so is a network counted that diverged at every rate (${diverged} of ${runs.length} did).`,
    alt: `Grouped bars: ${bars.map(({ group, series, value }) => `${group}, ${series} ${formatNumber(value, 'percent0')}`).join('; ')}.`,
  });
}

/** Growth of gradients under batch norm for several activations. */
export function batchNormTable(rows: readonly Row[]): Table {
  const ofStudy = (study: string) => {
    const all = select(rows, { kind: 'growth', study });
    return [...new Set(all.map(({ activation }) => String(activation)))].map((activation) => {
      const cells = select(all, { activation });
      return { activation, width: Number(cells[0].width), samples: Number(cells[0].samples), cells };
    });
  };
  const [own, wide] = ['norm-activation', 'norm-wide'].map(ofStudy);
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'width', label: 'Width', format: 'integer' },
      { key: 'samples', label: 'Batch', format: 'integer' },
      { key: 'growth', label: 'Growth a layer', format: 'fixed4' },
      { key: 'low', label: 'from', format: 'fixed4' },
      { key: 'high', label: 'to', format: 'fixed4' },
      { key: 'theory', label: 'E[φ′²]/Var[φ]', format: 'fixed4' },
      { key: 'over', label: 'beyond it', format: 'percent1' },
    ],
    rows: [...own, ...wide].map(({ activation, width, samples, cells }) => {
      const { estimate, interval } = measurement(bySeed(cells, {}, 'backward'), log);
      const theory = measurement(bySeed(cells, {}, 'expectedBackward'), log).estimate;
      return {
        activation,
        width,
        samples,
        growth: estimate,
        low: interval?.[0] ?? null,
        high: interval?.[1] ?? null,
        theory,
        over: estimate / theory - 1,
      };
    }),
    caption:
      'Growth of the squared gradient a layer under batch norm: geometric mean over seeds with its 95 % interval, and theory, which is for wide layers and large batches.',
  };
}
