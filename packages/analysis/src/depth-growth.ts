import {
  type ElementwiseActivation,
  ParameterError,
  checkActivation,
  initializer,
  power,
  random,
  relu,
} from '@relu-lab/core';
import { positive, readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { type LayerDefinition, Network, activate, add, batchNorm, dense, layerNorm } from '@relu-lab/nn';
import { type ExpectedDepth, expectedDepth } from './expected-depth.ts';
import { median } from './statistics/quantile.ts';
import { summarizeSeeds } from './statistics/seed-summary.ts';

/** A factor a layer, measured over seeds, beside what theory expects. */
export interface GrowthRate {
  /** Geometric mean over seeds of the factor a layer. */
  readonly measured: number;
  /** 95 % interval of it over seeds (Student's t of the logarithms); null for one seed. */
  readonly interval: readonly [number, number] | null;
  /** What theory expects for wide layers; null where it has none. */
  readonly predicted: number | null;
}

export type DepthVerdict = 'vanishing' | 'healthy' | 'exploding';

/** Growth of signals and gradients with depth, at initialisation. */
export interface DepthGrowth {
  readonly kind: 'depth-growth';
  readonly activation: string;
  readonly depth: number;
  readonly width: number;
  /** σ_w². */
  readonly weightVariance: number;
  readonly normalization: 'none' | 'batch' | 'layer';
  readonly residual: boolean;
  readonly seeds: number;
  /** Factor a layer on the mean square of pre-activations (of the stream, in a residual network), upwards. */
  readonly forward: GrowthRate;
  /** Factor a layer on the squared gradient with respect to them, towards the input. */
  readonly backward: GrowthRate;
  /** By layer, from 1 on: median over seeds, relative to the first layer (forward) and to the last (backward). */
  readonly layers: readonly {
    readonly layer: number;
    readonly secondMoment: number;
    readonly squaredGradient: number;
    readonly predicted: { readonly secondMoment: number | null; readonly squaredGradient: number | null };
  }[];
  /** By the change over all layers that the rates measured amount to: more than 1000-fold, or less than a thousandth, of a square; without a sound seed `exploding`. */
  readonly verdict: { readonly forward: DepthVerdict; readonly backward: DepthVerdict };
  /** Seeds whose signal or gradient was 0 or not finite somewhere: left out of the rates. */
  readonly broken: number;
}

export interface DepthGrowthOptions {
  /** Default ReLU. */
  readonly activation?: ElementwiseActivation;
  /** Weight layers, or residual blocks; at least 4. Default 20. */
  readonly depth?: number;
  /** Units of every layer, and inputs; at least 2. Default 128. */
  readonly width?: number;
  /** σ_w², fanIn × Var[W], of normal weights without biases. Default 2 (He). */
  readonly weightVariance?: number;
  /** Between each weight layer and its activation; in residual blocks before the activation of the branch. Default `none`. */
  readonly normalization?: 'none' | 'batch' | 'layer';
  /** Whether layers are blocks x + W φ(x). Default false. */
  readonly residual?: boolean;
  /** Networks that are drawn. Default 10. */
  readonly seeds?: number;
  /** Seed of the first of them; the next have the next whole numbers. Default 0. */
  readonly firstSeed?: number;
  /** Normal samples that are passed, all in one batch; at least 2. Default 64. */
  readonly samples?: number;
}

/**
 * How signals and gradients grow with depth at initialisation, with and without normalisation, residual sums and a weight scale that is off:
 * networks of one width are shown normal samples, and normal gradients are sent back. Unboundedness of φ is no reason to explode:
 * without normalisation the squares change by σ_w² E[φ²]/q and χ₁ = σ_w² E[φ'²] a layer (σ_w²/2 for ReLU), and residual sums add them to
 * 1 (He ReLU doubles); normalisation holds the signal, and batch norm lets gradients grow by E[φ'²]/Var[φ] (π/(π − 1) for ReLU).
 *
 * With a normalisation the first and the last layer are left out of the rates: what comes in and what is sent back are not normalised.
 *
 * @throws ParameterError for an activation that is not elementwise, and options out of range.
 */
export function depthGrowth(options: DepthGrowthOptions = {}): DepthGrowth {
  const shape = readShape(options);
  const runs = Array.from({ length: shape.seeds }, (_, i) => measure(shape, shape.firstSeed + i));
  const sound = runs.filter(({ secondMoments, squaredGradients }) =>
    [...secondMoments, ...squaredGradients].every((value) => value > 0 && Number.isFinite(value)),
  );
  const expected = expectedDepth(shape);
  const forward = growthRate(sound, shape, expected, ({ secondMoments }) => secondMoments);
  const backward = growthRate(sound, shape, expected, ({ squaredGradients }) => [...squaredGradients].reverse());
  return {
    kind: 'depth-growth',
    activation: shape.activation.name,
    depth: shape.depth,
    width: shape.width,
    weightVariance: shape.weightVariance,
    normalization: shape.normalization,
    residual: shape.residual,
    seeds: shape.seeds,
    forward,
    backward,
    layers: expected.secondMoments.map((_, i) => layerMedians(sound, expected, i)),
    verdict: { forward: verdict(forward.measured, shape.depth), backward: verdict(backward.measured, shape.depth) },
    broken: runs.length - sound.length,
  };
}

/** What a deep network is made of. */
export interface DepthShape {
  readonly activation: ElementwiseActivation;
  readonly depth: number;
  readonly width: number;
  readonly weightVariance: number;
  readonly normalization: 'none' | 'batch' | 'layer';
  readonly residual: boolean;
  readonly seeds: number;
  readonly firstSeed: number;
  readonly samples: number;
}

function readShape(options: DepthGrowthOptions): DepthShape {
  const numbers = ['depth', 'width', 'weightVariance', 'seeds', 'firstSeed', 'samples'] as const;
  refuseUnknown('depthGrowth', options, ['activation', 'normalization', 'residual', ...numbers]);
  const { activation = relu, normalization = 'none', residual = false, ...rest } = options;
  checkActivation(activation);
  if (activation.kind !== 'elementwise') {
    throw new ParameterError(`depthGrowth takes elementwise activations, not ${(activation as { name: string }).name}`);
  }
  if (!['none', 'batch', 'layer'].includes(normalization)) {
    throw new ParameterError(`normalization must be 'none', 'batch' or 'layer', not '${String(normalization)}'`);
  }
  const read = readOptions('depthGrowth', rest, {
    depth: wholeFrom(4, 20),
    width: wholeFrom(2, 128),
    weightVariance: positive(2),
    seeds: wholeFrom(1, 10),
    firstSeed: wholeFrom(0, 0),
    samples: wholeFrom(2, 64),
  });
  return { activation, normalization, residual: Boolean(residual), ...read };
}

/** Mean squares of one network, from the input up. */
interface Squares {
  readonly secondMoments: readonly number[];
  readonly squaredGradients: readonly number[];
}

function measure(shape: DepthShape, seed: number): Squares {
  const { width, samples } = shape;
  const { layers, watched } = shape.residual ? residualLayers(shape) : plainLayers(shape);
  const network = new Network({ inputs: width, layers, seed });
  const stream = random(seed).stream('depth growth');
  const [inputs, gradients] = [new Float32Array(samples * width), new Float32Array(samples * width)];
  stream.stream('inputs').fillNormal(inputs);
  stream.stream('gradients').fillNormal(gradients);
  network.forward(inputs, { mode: 'training', updateStatistics: false });
  network.backward(gradients);
  return {
    secondMoments: watched.map((name) => meanSquare(network.output(name))),
    squaredGradients: watched.map((name) => meanSquare(network.gradient(name))),
  };
}

interface Plan {
  readonly layers: readonly LayerDefinition[];
  /** Layers whose outputs are measured. */
  readonly watched: readonly string[];
}

function plainLayers(shape: DepthShape): Plan {
  const layers: LayerDefinition[] = [];
  const watched = Array.from({ length: shape.depth }, (_, i) => `z${i + 1}`);
  for (const name of watched) layers.push(...(layers.length === 0 ? [] : bend(shape)), weightLayer(shape, name));
  return { layers, watched };
}

function residualLayers(shape: DepthShape): Plan {
  const layers: LayerDefinition[] = [weightLayer(shape, 'x0')];
  const watched = ['x0'];
  for (let block = 1; block <= shape.depth; block++) {
    const [from, to, branch] = [watched[block - 1], `x${block}`, `branch${block}`];
    layers.push(...bend(shape), weightLayer(shape, branch), add({ from: [from, branch], name: to }));
    watched.push(to);
  }
  return { layers, watched };
}

function weightLayer({ width, weightVariance }: DepthShape, name: string): LayerDefinition {
  return dense({
    units: width,
    name,
    weights: initializer('normal', { deviation: Math.sqrt(weightVariance / width) }),
  });
}

function bend({ normalization, activation }: DepthShape): readonly LayerDefinition[] {
  const norm = normalization === 'batch' ? [batchNorm()] : normalization === 'layer' ? [layerNorm()] : [];
  return [...norm, activate(activation)];
}

function meanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return sum / values.length;
}

/** The rate along a list of squares, over seeds and in theory. */
function growthRate(
  runs: readonly Squares[],
  { normalization }: DepthShape,
  expected: ExpectedDepth,
  along: (squares: Squares) => readonly number[],
): GrowthRate {
  const skipped = normalization === 'none' ? 0 : 1;
  const rate = (squares: readonly number[]): number => {
    const [first, last] = [skipped, squares.length - 1 - skipped];
    return power(squares[last] / squares[first], 1 / (last - first));
  };
  const known = expected.isKnown ? along(expected) : null;
  const predicted = known && rate(known);
  if (runs.length === 0) return { measured: NaN, interval: null, predicted };
  const { mean, interval } = summarizeSeeds(
    runs.map((run) => rate(along(run))),
    { scale: 'log' },
  );
  return { measured: mean, interval, predicted };
}

function layerMedians(runs: readonly Squares[], expected: ExpectedDepth, i: number): DepthGrowth['layers'][number] {
  const top = expected.squaredGradients.length - 1;
  const middle = (of: (run: Squares) => number): number => (runs.length === 0 ? NaN : median(runs.map(of)));
  const forward = ({ secondMoments }: Squares): number => secondMoments[i] / secondMoments[0];
  const backward = ({ squaredGradients }: Squares): number => squaredGradients[i] / squaredGradients[top];
  return {
    layer: i + 1,
    secondMoment: middle(forward),
    squaredGradient: middle(backward),
    predicted: {
      secondMoment: expected.isKnown ? forward(expected) : null,
      squaredGradient: expected.isKnown ? backward(expected) : null,
    },
  };
}

const verdictLimit = 1000;

function verdict(rate: number, depth: number): DepthVerdict {
  const change = power(rate, depth);
  if (change < 1 / verdictLimit) return 'vanishing';
  return change <= verdictLimit ? 'healthy' : 'exploding';
}
