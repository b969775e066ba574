import { type Dataset, ParameterError, checkDataset } from '@relu-lab/core';
import { positive, readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { type Loss, type Network, type Optimizer, train } from '@relu-lab/nn';
import { gradientFlow } from './gradient-flow.ts';
import type { Parametrization } from './parametrization.ts';
import { fitPower } from './statistics/growth-fit.ts';

/**
 * Which size of a weight layer is followed over widths, as a root mean square of elements: its outputs at initialisation, the loss's
 * gradient with respect to them there, the change of its weights over the steps, and the change of its outputs.
 */
export type Coordinate = 'activation' | 'gradient' | 'weight-update' | 'activation-change';

/** How one coordinate of one layer scales with width. */
export interface CoordinateScaling {
  readonly layer: string;
  readonly coordinate: Coordinate;
  /** By width, the geometric mean over seeds. */
  readonly sizes: readonly number[];
  /** Slope of log size against log width. */
  readonly slope: number;
  /** 95 % interval of the slope, over seeds and widths; null for two points. */
  readonly interval: readonly [number, number] | null;
  /** `grows` or `shrinks` where the whole interval lies beyond the tolerance, `stable` where it lies within, else `unclear`. */
  readonly verdict: 'stable' | 'grows' | 'shrinks' | 'unclear';
}

/** Sizes of activations, gradients and updates against width, for one parametrisation. */
export interface CoordinateCheck {
  readonly kind: 'coordinate-check';
  readonly parametrization: string;
  readonly widths: readonly number[];
  readonly steps: number;
  readonly seeds: number;
  /** Layer by layer, from the input up. */
  readonly coordinates: readonly CoordinateScaling[];
}

export interface CoordinateCheckOptions {
  readonly parametrization: Parametrization;
  readonly data: Dataset;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** At least two, ascending. Default 64, 128, 256, 512. */
  readonly widths?: readonly number[];
  /** Training steps, on all samples at once. Default 3. */
  readonly steps?: number;
  /** Default 4. */
  readonly seeds?: number;
  /** Largest slope, up or down, that is called stable. Default 0.2. */
  readonly tolerance?: number;
}

/**
 * Whether the sizes that matter in training depend on width: networks of several widths take a few steps, and the size of each layer's outputs,
 * gradients and changes is fitted by a power of the width. Where `activation-change` is stable in every layer, a learning rate that is good
 * at one width is good at others (μP); under the standard parametrisation outputs change more the wider the network is.
 *
 * @throws ParameterError for fewer than two widths or options out of range, and where a run diverges (take a smaller rate or fewer steps); what
 * {@link gradientFlow} and `train` throw for data that does not fit.
 * @see Yang et al. 2022, https://arxiv.org/abs/2203.03466, appendix D.1
 */
export async function coordinateCheck(options: CoordinateCheckOptions): Promise<CoordinateCheck> {
  const numbers = ['steps', 'seeds', 'tolerance'];
  refuseUnknown('coordinateCheck', options, ['parametrization', 'data', 'loss', 'optimizer', 'widths', ...numbers]);
  const { parametrization, data, loss, optimizer, widths = [64, 128, 256, 512], ...rest } = options;
  const { steps, seeds, tolerance } = readOptions('coordinateCheck', rest, {
    steps: wholeFrom(1, 3),
    seeds: wholeFrom(1, 4),
    tolerance: positive(0.2),
  });
  checkDataset(data);
  checkParametrization(parametrization);
  checkWidths(widths);
  const sizes: Sizes[] = [];
  for (const width of widths) {
    for (let seed = 0; seed < seeds; seed++) {
      sizes.push(...(await measure({ parametrization, data, loss, optimizer, steps }, width, seed)));
    }
  }
  const keys = [...new Set(sizes.map(({ layer }) => layer))];
  return {
    kind: 'coordinate-check',
    parametrization: parametrization.name,
    widths: [...widths],
    steps,
    seeds,
    coordinates: keys.flatMap((layer) =>
      coordinates.map((coordinate) => {
        const own = sizes.filter((size) => size.layer === layer);
        return scaling(layer, coordinate, own, widths, tolerance);
      }),
    ),
  };
}

const coordinates = ['activation', 'gradient', 'weight-update', 'activation-change'] as const;

function checkParametrization(value: Parametrization | undefined): void {
  if (typeof value?.network === 'function') return;
  throw new ParameterError(
    "parametrization of coordinateCheck must be one such as parametrization('standard', { … }) makes, or { name, network(width, seed) }",
  );
}

function checkWidths(widths: readonly number[]): void {
  const ascend = (width: number, i: number): boolean =>
    Number.isInteger(width) && width >= 1 && (i === 0 || width > widths[i - 1]);
  if (Array.isArray(widths) && widths.length >= 2 && widths.every(ascend)) return;
  throw new ParameterError(
    `widths of coordinateCheck must be at least two whole numbers that ascend, not ${String(widths)}`,
  );
}

/** The sizes of one layer of one network. */
type Sizes = { readonly layer: string; readonly width: number } & Readonly<Record<Coordinate, number>>;

async function measure(
  {
    parametrization,
    data,
    loss,
    optimizer,
    steps,
  }: Required<Omit<CoordinateCheckOptions, 'widths' | 'seeds' | 'tolerance'>>,
  width: number,
  seed: number,
): Promise<readonly Sizes[]> {
  const network = parametrization.network(width, seed);
  const flow = gradientFlow(network, { ...data, loss });
  const weightLayers = network.layers.filter(({ role }) => role === 'weights').map(({ name }) => name);
  const before = read(network, data, weightLayers);
  const run = await train(network, {
    data,
    loss,
    optimizer,
    epochs: steps,
    batchSize: data.rows,
    seed,
    rateFactor: (parameter) => parametrization.rateFactor?.(parameter, width) ?? 1,
  });
  if (run.status === 'diverged') {
    throw new ParameterError(
      `At width ${width} the run of '${parametrization.name}' diverged in step ${run.step}; take a smaller learning rate or fewer steps`,
    );
  }
  const after = read(network, data, weightLayers);
  return weightLayers.map((layer, i) => ({
    layer,
    width,
    activation: Math.sqrt(flow.layers[i].preActivation.secondMoment),
    gradient: Math.sqrt(flow.layers[i].gradientSecondMoment),
    'weight-update': rmsDifference(after[i].weights, before[i].weights),
    'activation-change': rmsDifference(after[i].outputs, before[i].outputs),
  }));
}

/** Weights and outputs of the weight layers, copied. */
function read(
  network: Network,
  data: Dataset,
  layers: readonly string[],
): readonly { readonly weights: ArrayLike<number>; readonly outputs: ArrayLike<number> }[] {
  network.forward(data.inputs);
  return layers.map((name) => {
    const weight = network.layer(name).parameters.find(({ role }) => role === 'weight');
    const weights = weight ? network.parameterValues(weight.name) : new Float32Array(0);
    return { weights, outputs: network.output(name).slice() };
  });
}

function rmsDifference(after: ArrayLike<number>, before: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < after.length; i++) squares += (after[i] - before[i]) ** 2;
  return Math.sqrt(squares / after.length);
}

function scaling(
  layer: string,
  coordinate: Coordinate,
  own: readonly Sizes[],
  widths: readonly number[],
  tolerance: number,
): CoordinateScaling {
  const { slope, interval } = fitPower(
    own.map(({ width }) => width),
    own.map((size) => size[coordinate]),
  );
  const sizes = widths.map((width) => {
    const logs = own.filter((size) => size.width === width).map((size) => Math.log(size[coordinate]));
    return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  });
  return { layer, coordinate, sizes, slope, interval, verdict: verdict(interval ?? [slope, slope], tolerance) };
}

function verdict([from, to]: readonly [number, number], tolerance: number): CoordinateScaling['verdict'] {
  if (from > tolerance) return 'grows';
  if (to < -tolerance) return 'shrinks';
  return from >= -tolerance && to <= tolerance ? 'stable' : 'unclear';
}
