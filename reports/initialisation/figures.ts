import { summarizeFiniteWidth, summarizeInitSensitivity, summarizeTrainableDepth } from '@relu-lab/analysis';
import { type ActivationName, activation as activationNamed, tanh } from '@relu-lab/core';
import { type Figure, type Table, figureOf, phaseDiagramFigure } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { edgeOfChaos, meanField, phaseDiagram } from '@relu-lab/theory';
import { measurement, select, share } from '../measurements.ts';
import { growth, predictedGrowth, trains } from './claims.ts';

export function sensitivityFigure(rows: readonly Row[]): Figure {
  return figureOf(summarizeInitSensitivity(select(rows, { kind: 'initial' })));
}

export function trainableFigure(rows: readonly Row[]): Figure {
  return figureOf(summarizeTrainableDepth(select(rows, { kind: 'map' })));
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
  activations: readonly string[],
  initializers: readonly string[],
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
    rows: activations.flatMap((activation) =>
      initializers.map((initializer) => {
        const condition = { activation, initializer, depth };
        return {
          activation,
          initializer,
          forward: growth(rows, condition, 'forward').estimate,
          expectedForward: predictedGrowth(rows, condition, 'forward').value,
          backward: growth(rows, condition, 'backward').estimate,
          expectedBackward: predictedGrowth(rows, condition, 'backward').value,
          trains: measurement(trains(rows, condition), share).estimate,
        };
      }),
    ),
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
