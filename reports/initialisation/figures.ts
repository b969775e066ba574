import { summarizeFiniteWidth, summarizeInitSensitivity, summarizeTrainableDepth, median } from '@relu-lab/analysis';
import { type ActivationName, activation as activationNamed, relu, tanh } from '@relu-lab/core';
import { type Figure, type Table, figureOf, linesWithBands, phaseDiagramFigure } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { edgeOfChaos, meanField, moments, phaseDiagram, trainableDepth } from '@relu-lab/theory';
import { bySeed, compareAll, measurement, seedShare, select } from '../measurements.ts';
import { growth, heComparisons, predictedGrowth, trains } from './claims.ts';
import { deep, edgeFactors, patience } from './design.ts';
import { betaOf, grouped, logVariance } from './finite-width-claims.ts';

/** What rules for weights are called here. */
const ruleNames = { 'he-normal': 'He', 'xavier-normal': 'Xavier', 'pytorch-default': 'PyTorch’s default' } as const;

function nameOf(rule: string): string {
  return ruleNames[rule as keyof typeof ruleNames] ?? rule;
}

export function sensitivityFigure(rows: readonly Row[]): Figure {
  const initial = select(rows, { kind: 'initial' });
  return figureOf(
    summarizeInitSensitivity(initial.map((row) => ({ ...row, initializer: nameOf(String(row.initializer)) }))),
  );
}

export function trainableFigure(rows: readonly Row[]): Figure {
  const figure = figureOf(summarizeTrainableDepth(select(rows, { kind: 'map' })));
  return onDoublingAxes(figure);
}

/** Variances and depths that double from one to the next, at equal distances. */
function onDoublingAxes(figure: Figure): Figure {
  const [{ x, y }] = figure.data.map((trace) => ({
    x: trace['x'] as readonly number[],
    y: trace['y'] as readonly number[],
  }));
  const axis = (own: unknown, at: readonly number[]) => ({
    ...Object(own),
    type: 'log',
    tickvals: at,
    ticktext: at.map((value) => String(Number(value.toPrecision(3)))),
    range: [Math.log10((at[0] ?? 1) / Math.SQRT2), Math.log10((at.at(-1) ?? 1) * Math.SQRT2)],
  });
  const { layout } = figure;
  return { ...figure, layout: { ...layout, xaxis: axis(layout['xaxis'], x), yaxis: axis(layout['yaxis'], y) } };
}

/** The share of deep networks that train, by how far the weight variance is off the edge of chaos. */
export function offEdgeFigure(rows: readonly Row[]): Figure {
  const figure = linesWithBands({
    points: ['relu', 'tanh'].flatMap((series) =>
      edgeFactors.map((factor) => {
        const { estimate, interval } = seedShare(
          bySeed(rows, { kind: 'off-edge', activation: series, factor }, 'trains'),
        );
        return { series, x: factor, y: estimate, interval };
      }),
    ),
    xTitle: 'Weight variance in units of the edge’s',
    yTitle: 'Seeds that train',
    xScale: 'log',
    format: 'percent0',
    caption: `How far off may the weights be? The share of networks of ${deep} layers that train, by their weight variance in units of that at the activation’s own edge of chaos (2 for ReLU, which is He’s rule; 1 for tanh), without biases. Share of seeds with Wilson’s 95 % interval.`,
    alt: 'Lines over the weight variance relative to the edge of chaos, from a quarter to four times, for ReLU and tanh: the share of deep networks that train.',
  });
  const { layout } = figure;
  const ticks = { tickvals: edgeFactors, ticktext: edgeFactors.map((factor) => `× ${factor}`), dtick: undefined };
  return { ...figure, layout: { ...layout, xaxis: { ...Object(layout['xaxis']), ...ticks } } };
}

/** The depth to which theory lets ReLU networks train under each rule. */
export function scalesTable(): Table {
  const rules = [
    { rule: 'He', weightVariance: 2 },
    { rule: 'Xavier', weightVariance: 1 },
    { rule: 'PyTorch’s default', weightVariance: 1 / 3 },
  ];
  return {
    columns: [
      { key: 'rule', label: 'Rule' },
      { key: 'weightVariance', label: 'σ_w²', format: 'significant2' },
      { key: 'chi1', label: 'χ₁', format: 'significant2' },
      { key: 'scale', label: 'ξ', format: 'fixed2' },
      { key: 'limit', label: '6 ξ', format: 'fixed1' },
      { key: 'half', label: 'Half of it, in layers' },
      { key: 'whole', label: 'all' },
      { key: 'twice', label: 'twice' },
    ],
    rows: rules.map(({ rule, weightVariance }) => {
      const found = trainableDepth(relu, { weightVariance });
      const limit = found.status === 'finite' ? found.depth : null;
      const layers = (times: number): number | null => (limit === null ? null : Math.round(times * limit));
      return {
        rule,
        weightVariance,
        chi1: weightVariance * moments(relu).derivativeSecondMoment,
        scale: found.status === 'finite' ? found.correlationScale : null,
        limit,
        half: layers(1 / 2),
        whole: layers(1),
        twice: layers(2),
      };
    }),
    caption: 'How deep ReLU networks train, by mean field theory. Empty: nothing limits the depth.',
  };
}

/** He's rule against the others: median final losses, and whether they differ. */
export function comparisonsTable(rows: readonly Row[]): Table {
  const comparisons = heComparisons(rows);
  const found = compareAll(comparisons.map(({ comparison }) => comparison));
  const loss = (logs: ReadonlyMap<number, number>): number => Math.exp(median([...logs.values()]));
  return {
    columns: [
      { key: 'depth', label: 'Layers', format: 'integer' },
      { key: 'other', label: 'He against' },
      { key: 'he', label: 'Final loss, He', format: 'significant2' },
      { key: 'theirs', label: 'the other', format: 'significant2' },
      { key: 'pValue', label: 'p, corrected', format: 'significant1' },
      { key: 'result', label: 'Beyond chance' },
    ],
    rows: comparisons.map(({ depth, other, comparison: { first, second } }, i) => ({
      depth,
      other: nameOf(other),
      he: loss(first),
      theirs: loss(second),
      pValue: found[i].pValue,
      result: { less: 'He is better', greater: 'He is worse', undecided: 'no' }[found[i].outcome],
    })),
    caption: `ReLU networks after training: median final loss over seeds, and sign-flip tests of the paired logarithms, corrected for ${comparisons.length} comparisons by Holm’s method.`,
  };
}

/** How many deep ReLU networks train, by the time that they are given. */
export function patienceTable(rows: readonly Row[], briefEpochs: number): Table {
  const share = (initializer: string, kind: 'brief' | 'long'): number | null => {
    const { estimate } = seedShare(trains(rows, { activation: 'relu', initializer, depth: deep }, kind));
    return Number.isNaN(estimate) ? null : estimate;
  };
  return {
    columns: [
      { key: 'epochs', label: 'Passes over the digits', format: 'integer' },
      { key: 'he', label: 'From He’s weights', format: 'percent0' },
      { key: 'xavier', label: 'from Xavier’s', format: 'percent0' },
    ],
    rows: (['brief', 'long'] as const).map((kind) => ({
      epochs: kind === 'brief' ? briefEpochs : patience * briefEpochs,
      he: share('he-normal', kind),
      xavier: share('xavier-normal', kind),
    })),
    caption: `The share of ReLU networks of ${deep} layers that train, by the time that they are given; each at the best of the learning rates tried. Empty: not tried.`,
  };
}

/** Variance of the logarithm of squared gradients over networks, against β. */
export function gradientSpreadFigure(rows: readonly Row[]): Figure {
  const points = grouped(select(rows, { kind: 'gradient-spread' }), ['width', 'depth']).map((cell) => {
    const seeds = grouped(cell, ['seed']).map(
      (drawn) => [Number(drawn[0].seed), logVariance(drawn.map((row) => Number(row.squaredGradient)))] as const,
    );
    const { estimate, interval } = measurement(new Map(seeds));
    return { series: `width ${String(cell[0].width)}`, x: betaOf(cell[0]), y: estimate, interval };
  });
  const figure = linesWithBands({
    points,
    xTitle: 'β, the sum of 1/width over the hidden layers',
    yTitle: 'Variance of ln(squared gradient)',
    xScale: 'log',
    yScale: 'log',
    caption:
      'How much squared gradients at the input differ between He-initialised ReLU networks of one shape: variance of their logarithm, mean over seeds with its 95 % interval, by β. Dotted: 5 β, the theory for small 1/width. Networks that are silent are left out.',
    alt: 'Lines that rise with β for each width, close to the dotted line for the widest networks and above it for narrow ones.',
  });
  const ends = [Math.min, Math.max].map((end) => end(...points.map(({ x }) => x)));
  const theory = {
    type: 'scatter' as const,
    mode: 'lines',
    name: '5 β',
    x: ends,
    y: ends.map((beta) => 5 * beta),
    line: { dash: 'dot', width: 1.5, color: 'rgba(125,135,148,0.9)' },
    hoverinfo: 'skip',
  };
  return { ...figure, data: [...figure.data, theory] };
}

export function finiteWidthFigure(rows: readonly Row[]): Figure {
  return figureOf(summarizeFiniteWidth(select(rows, { kind: 'finite-width' })));
}

/** Where initialisers stand among tanh's phases; PyTorch's default with its random biases for this width. */
export function phasesFigure(width: number): Figure {
  const steps = (from: number, to: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const points = phaseDiagram(tanh, { weightVariances: steps(0.1, 3, 59), biasVariances: steps(0, 0.3, 31) });
  return phaseDiagramFigure(points, {
    activation: 'tanh',
    measured: [
      { name: 'He', weightVariance: 2, biasVariance: 0 },
      { name: 'Xavier', weightVariance: 1, biasVariance: 0 },
      { name: 'PyTorch', weightVariance: 1 / 3, biasVariance: 1 / (3 * width) },
    ],
  });
}

/** Growth a layer of the deep networks, beside theory's. */
export function growthTable(
  rows: readonly Row[],
  depth: number,
  rules: readonly { readonly activation: string; readonly initializer: string }[],
): Table {
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'initializer', label: 'Initialisation' },
      { key: 'forward', label: 'Signal, × a layer', format: 'fixed3' },
      { key: 'expectedForward', label: 'by theory', format: 'fixed3' },
      { key: 'backward', label: 'Gradient, × a layer', format: 'fixed3' },
      { key: 'expectedBackward', label: 'by theory', format: 'fixed3' },
      { key: 'trains', label: 'Seeds that train', format: 'percent0' },
    ],
    rows: rules.map((rule) => {
      const condition = { ...rule, depth };
      return {
        activation: rule.activation,
        initializer: nameOf(rule.initializer),
        forward: growth(rows, condition, 'forward').estimate,
        expectedForward: predictedGrowth(rows, condition, 'forward').value,
        backward: growth(rows, condition, 'backward').estimate,
        expectedBackward: predictedGrowth(rows, condition, 'backward').value,
        trains: seedShare(trains(rows, condition)).estimate,
      };
    }),
    caption: `What a layer does to the mean square of signals (from the input up) and of gradients (from the output down) in networks of ${depth} layers before the first step: geometric mean over seeds, beside mean field theory for wide layers.`,
  };
}

/** The weight variance at the edge of chaos, and what He's and LeCun's do instead. */
export function edgesTable(activations: readonly ActivationName[]): Table {
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'edge', label: 'σ_w² at the edge of chaos', format: 'significant4' },
      { key: 'chi1', label: 'χ₁ under He (σ_w² = 2)', format: 'fixed3' },
      { key: 'lengths', label: 'Lengths under He' },
    ],
    rows: activations.flatMap((name) => {
      const phi = activationNamed(name);
      if (phi.kind !== 'elementwise') return [];
      const edge = edgeOfChaos(phi);
      const he = meanField(phi, { weightVariance: 2 });
      return [
        {
          activation: name,
          edge: edge.status === 'found' ? edge.weightVariance : null,
          chi1: he.chi1,
          lengths: he.status === 'converged' ? (he.q === 0 ? 'vanish' : 'settle') : words[he.status],
        },
      ];
    }),
    caption:
      'By mean field theory, without biases. Empty: there is no usable edge of chaos (or no length at which to take χ₁).',
  };
}

const words = {
  converged: 'settle',
  marginal: 'are kept',
  bistable: 'settle or run away',
  diverges: 'run away',
} as const;
