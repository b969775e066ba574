import { type Figure, type Table, formatNumber, heatmap, linesWithBands, seriesStyles } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, select, share } from '../measurements.ts';
import { atBestRate } from './best-rate.ts';
import { initializers } from './deep-network.ts';

const log = { scale: 'log' } as const;

const quantities = {
  gradient: {
    measured: 'size',
    expected: 'expectedSize',
    title: 'Gradient, relative to the highest layer',
    what: 'Gradients',
    of: '√(mean over digits of |∂ℓ/∂z|²), relative to the highest hidden layer',
  },
  signal: {
    measured: 'signal',
    expected: 'expectedSignal',
    title: 'Mean square of signals, first layer = 1',
    what: 'Signals',
    of: 'mean square of pre-activations, relative to the first layer',
  },
} as const;

/** Size of the gradient, or mean square of the signal, by layer under one rule for weights, each activation beside theory. */
export function flowFigure(
  rows: readonly Row[],
  rule: keyof typeof initializers,
  quantity: keyof typeof quantities = 'gradient',
): Figure {
  const { measured, expected, title, what, of } = quantities[quantity];
  const own = select(rows, { kind: 'layer', initializer: rule });
  const activations = distinct(own, 'activation').map(String);
  const layers = distinct(own, 'layer').map(Number);
  const styles = seriesStyles(activations);
  const sizes = (activation: string, key: string): readonly number[] =>
    layers.map((layer) => measurement(bySeed(own, { activation, layer }, key), log).estimate);
  const end = quantity === 'gradient' ? 0 : layers.length - 1;
  const lines = linesWithBands({
    points: activations.flatMap((series) =>
      sizes(series, measured).map((y, i) => ({ series, x: layers[i], y, interval: null })),
    ),
    xTitle: 'Hidden weight layer, from the input up',
    yTitle: title,
    yScale: 'log',
    caption: `${what} through ${layers.length + 1} layers at initialisation, with ${initializers[rule]}’s weights: ${of}; geometric mean over seeds. Dotted: what mean field theory expects.`,
    alt: `Lines by layer on a logarithmic axis. Relative size in the ${end === 0 ? 'lowest' : 'highest'} layer: ${activations.map((activation) => `${activation} ${formatNumber(sizes(activation, measured)[end], 'significant2')}`).join(', ')}.`,
  });
  const theory = activations.map((activation) => ({
    type: 'scatter' as const,
    mode: 'lines',
    name: `${activation}, theory`,
    legendgroup: activation,
    showlegend: false,
    x: layers,
    y: sizes(activation, expected),
    line: { color: styles.get(activation)?.color ?? '', dash: 'dot', width: 2.5 },
    hoverinfo: 'skip',
  }));
  return {
    ...lines,
    data: [
      ...lines.data.map((trace) => ({ ...trace, line: { ...(trace['line'] as object), dash: 'solid', width: 1.5 } })),
      ...theory,
    ],
  };
}

/** The growth measured in each network against the growth that theory expects. */
export function theoryFigure(rows: readonly Row[]): Figure {
  const points = nets(rows).map(({ activation, initializer, selection }) => {
    const measured = measurement(bySeed(rows, selection, 'growth'), log);
    const expected = measurement(bySeed(rows, selection, 'expectedGrowth'), log);
    return { activation, rule: initializers[initializer], measured: measured.estimate, expected: expected.estimate };
  });
  const activations = [...new Set(points.map(({ activation }) => activation))];
  const styles = seriesStyles(activations);
  const ends = [Math.min, Math.max].map((end) => end(...points.map(({ expected }) => expected)));
  const axis = (text: string): object => ({
    type: 'log',
    title: { text },
    dtick: 'D2',
    exponentformat: 'none',
    minorloglabels: 'complete',
  });
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'as theory expects',
        x: ends,
        y: ends,
        line: { dash: 'dot', width: 1.5, color: 'rgba(125,135,148,0.9)' },
        hoverinfo: 'skip',
      },
      ...activations.map((activation) => {
        const own = points.filter((point) => point.activation === activation);
        const { color, marker } = styles.get(activation) ?? {};
        return {
          type: 'scatter' as const,
          mode: 'markers',
          name: activation,
          x: own.map(({ expected }) => expected),
          y: own.map(({ measured }) => measured),
          text: own.map(({ rule }) => rule),
          marker: { color, symbol: marker, size: 10 },
          hovertemplate: `${activation}, %{text}: %{y:.3~g}, theory %{x:.3~g}<extra></extra>`,
        };
      }),
    ],
    layout: {
      xaxis: axis('Growth of the squared gradient a layer, by theory'),
      yaxis: axis('Growth measured'),
    },
    caption:
      'Growth of the squared gradient a layer, towards the input, of every activation under every rule for weights: measured (geometric mean over seeds) against what mean field theory expects. Left of 1 gradients vanish, right of it they explode.',
    alt: `Points close to the diagonal: ${points.map(({ activation, rule, measured, expected }) => `${activation} under ${rule} ${formatNumber(measured, 'significant2')} (theory ${formatNumber(expected, 'significant2')})`).join(', ')}.`,
    table: points,
  };
}

/** Accuracy after training at full depth. */
export function trainedFigure(rows: readonly Row[], depth: number): Figure {
  const rules = Object.entries(initializers);
  const runs = select(rows, { kind: 'run', depth });
  const activations = distinct(
    runs.filter(({ initializer }) => rules.some(([rule]) => rule === initializer)),
    'activation',
  ).map(String);
  const values = activations.map((activation) =>
    rules.map(([initializer]) => {
      const best = atBestRate(runs, { activation, initializer });
      return measurement(bySeed(best, {}, 'accuracy'), share).estimate;
    }),
  );
  return heatmap({
    columns: rules.map(([, name]) => name),
    rows: activations,
    values,
    columnTitle: 'Weights',
    rowTitle: 'Activation',
    valueTitle: 'Test accuracy',
    range: [0, 1],
    format: 'percent0',
    caption: `Test accuracy of networks of ${depth} layers after training, mean over seeds; each with that of the learning rates tried which fits the training digits best. A guess has 10 %, and so is a run counted that diverged at every rate.`,
    alt: `A grid of test accuracies: ${activations.map((activation, i) => `${activation} ${rules.map(([, name], j) => `${name} ${formatNumber(values[i][j], 'percent0')}`).join(', ')}`).join('; ')}.`,
  });
}

/** Accuracy by depth. */
export function depthFigure(
  rows: readonly Row[],
  networks: readonly (readonly [activation: string, rule: string])[],
): Figure {
  const points = networks.flatMap(([activation, initializer]) => {
    const runs = atBestRate(rows, { activation, initializer });
    return distinct(runs, 'depth')
      .map(Number)
      .sort((a, b) => a - b)
      .map((depth) => {
        const { estimate, interval } = measurement(bySeed(runs, { depth }, 'accuracy'), share);
        return { series: `${activation}, ${nameOf(initializer)}`, x: depth, y: estimate, interval };
      });
  });
  return linesWithBands({
    points,
    xTitle: 'Weight layers',
    yTitle: 'Test accuracy',
    format: 'percent0',
    caption:
      'Test accuracy by depth, mean over seeds with its 95 % interval; each network with the learning rate that fits the training digits best. A guess has 10 %.',
    alt: `Lines of accuracy by depth. At the greatest depth: ${networks.map(([activation, rule]) => `${activation} ${nameOf(rule)} ${formatNumber(points.filter(({ series }) => series === `${activation}, ${nameOf(rule)}`).at(-1)?.y ?? NaN, 'percent0')}`).join(', ')}.`,
  });
}

/** Saturation by layer after training from weights uniform between ±1/√n, and from Xavier's. */
export function saturationFigure(rows: readonly Row[]): Figure {
  const own = select(rows, { kind: 'saturation' });
  const names = { 'pytorch-default': 'U(±1/√n)', 'xavier-uniform': 'Xavier' } as const;
  const points = distinct(own, 'activation').flatMap((activation) =>
    Object.entries(names).flatMap(([initializer, name]) => {
      const chosen = select(own, { activation: String(activation), initializer });
      return distinct(chosen, 'layer').map((layer) => {
        const { estimate, interval } = measurement(
          bySeed(chosen, { layer: Number(layer) }, 'saturatedFraction'),
          share,
        );
        return { series: `${String(activation)}, ${name}`, x: Number(layer), y: estimate, interval };
      });
    }),
  );
  return linesWithBands({
    points,
    xTitle: 'Hidden layer, from the input up',
    yTitle: 'Saturated share',
    xStep: 1,
    format: 'percent0',
    caption:
      'Saturation after training, by hidden layer: the share of test digits and units where the slope is below a twentieth of the steepest. Mean over seeds with its 95 % interval.',
    alt: `Lines over hidden layers. ${points.map(({ series, x, y }) => `${series}, layer ${x}: ${formatNumber(y, 'percent0')}`).join('; ')}.`,
  });
}

/** The growth of every network in numbers. */
export function growthTable(rows: readonly Row[]): Table {
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'rule', label: 'Weights' },
      { key: 'growth', label: 'Growth a layer', format: 'fixed4' },
      { key: 'low', label: 'from', format: 'fixed4' },
      { key: 'high', label: 'to', format: 'fixed4' },
      { key: 'expected', label: 'Theory', format: 'fixed4' },
      { key: 'chi1', label: 'χ₁ where signals settle', format: 'fixed4' },
      { key: 'change', label: 'Size at the bottom, of that at the top', format: 'significant2' },
    ],
    rows: nets(rows).map(({ activation, initializer, selection }) => {
      const of = (key: string) => measurement(bySeed(rows, selection, key), log);
      const growth = of('growth');
      const chi1 = of('chi1').estimate;
      return {
        activation,
        rule: initializers[initializer],
        growth: growth.estimate,
        low: growth.interval?.[0] ?? null,
        high: growth.interval?.[1] ?? null,
        expected: of('expectedGrowth').estimate,
        chi1: Number.isFinite(chi1) ? chi1 : null,
        change: of('change').estimate,
      };
    }),
    caption:
      'Growth of the squared gradient a layer towards the input, at initialisation: geometric mean over seeds with its 95 % interval, what theory expects of the pre-activations as they are, and χ₁ where they would settle (none where they run away). Theory takes the variances of the weights as they were drawn, so that χ₁ of ReLU is near 1/2 and 1, not exactly there.',
  };
}

function nets(rows: readonly Row[]) {
  const flows = select(rows, { kind: 'flow' });
  return distinct(flows, 'activation').flatMap((activation) =>
    (Object.keys(initializers) as (keyof typeof initializers)[]).map((initializer) => {
      const selection: Selection = { kind: 'flow', activation: String(activation), initializer };
      return { activation: String(activation), initializer, selection };
    }),
  );
}

function nameOf(initializer: string): string {
  return initializers[initializer as keyof typeof initializers] ?? initializer;
}

function distinct(rows: readonly Row[], key: string): readonly Row[string][] {
  return [...new Set(rows.map((row) => row[key]))];
}
