import { type Initializer, type InitializerName, ParameterError, initializer, random } from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import type { ExperimentContext, ExperimentReference, Row } from '@relu-lab/sweep';
import { type BornDead, bornDeadProbability } from '@relu-lab/theory';
import { type Proportion, proportion } from '../statistics/proportion.ts';
import { levelRule, seedRule } from '../statistics/options.ts';
import { isSilent, lastHiddenActivations } from './drawn-mlp.ts';
import { checkAxis, checkRows, groupRows } from './grid.ts';

/** One condition: how wide and deep the networks are, and how many are drawn. */
export interface BornDeadParameters {
  /** Units in each hidden layer. */
  readonly width: number;
  /** Weight layers; there is one hidden layer less. */
  readonly depth: number;
  /** Networks drawn. Default 1000. */
  readonly networks?: number;
  /** Rule for the weights: one that is symmetric about 0 and leaves biases at 0. Default `he-normal`. */
  readonly initializer?: InitializerName;
}

/** What came of the networks of one seed. */
export type BornDeadRow = {
  readonly initializer: string;
  readonly width: number;
  readonly depth: number;
  readonly seed: number;
  readonly networks: number;
  /** Networks in which some hidden layer is silent on the input 1. */
  readonly silentOnOne: number;
  /** Networks in which, for each of the inputs 1 and −1, and so for every input, some hidden layer is silent: born dead. */
  readonly silentOnAll: number;
};

/** The experiment for a sweep: {@link runBornDead}. */
export const bornDeadExperiment: ExperimentReference<BornDeadParameters> = {
  module: import.meta.url,
  export: 'runBornDead',
};

/**
 * Draws ReLU networks with one input and no biases, and counts those that are born dead. Without biases the network is positively
 * homogeneous: what it does on 1 and −1 it does on every input.
 *
 * The k-th network has as its seed the k-th whole number below 2³¹ from the stream `networks` of `seed`; it has the weights that
 * `mlp` gives it, but is not built.
 *
 * @throws ParameterError for parameters that are not acceptable.
 */
export function runBornDead(
  parameters: BornDeadParameters,
  seed: number,
  context?: ExperimentContext,
): readonly BornDeadRow[] {
  refuseUnknown('runBornDead', parameters, ['width', 'depth', 'networks', 'initializer']);
  const { initializer: name = 'he-normal', width, depth, networks: asked } = parameters;
  const { networks } = readOptions('runBornDead', asked === undefined ? {} : { networks: asked }, {
    networks: wholeFrom(1, 1000),
  });
  bornDeadProbability({ width, depth });
  const weights = symmetricRule(name, width);
  const widths = [1, ...Array.from({ length: depth - 1 }, () => width)];
  const seeds = random(seed).stream('networks');
  const inputs = [Float64Array.of(1), Float64Array.of(-1)];
  let [silentOnOne, silentOnAll] = [0, 0];
  for (let network = 0; network < networks; network++) {
    context?.signal.throwIfAborted();
    const silent = lastHiddenActivations({ widths, weights, seed: seeds.integer(2 ** 31) }, inputs).map(isSilent);
    if (silent[0]) silentOnOne++;
    if (silent[0] && silent[1]) silentOnAll++;
    context?.onProgress((network + 1) / networks);
  }
  return [{ initializer: name, width, depth, seed, networks, silentOnOne, silentOnAll }];
}

export interface BornDeadOptions {
  readonly widths: readonly number[];
  /** Weight layers, of each network of a condition. */
  readonly depths: readonly number[];
  /** Networks of each condition and seed. Default 1000. */
  readonly networks?: number;
  /** Default `[0]`: the networks of one seed are samples enough. */
  readonly seeds?: readonly number[];
  /** Default `he-normal`. */
  readonly initializer?: InitializerName;
  /** Confidence level of the intervals. Default 0.95. */
  readonly level?: number;
}

/** Born-dead networks of one width and depth. */
export interface BornDeadCell {
  readonly width: number;
  readonly depth: number;
  readonly networks: number;
  /** Share of networks that are silent on one given input, with Wilson's interval. Predicted: `predicted.singleInput`, exactly. */
  readonly singleInput: Proportion;
  /** Share of networks that are born dead: silent on all inputs. Predicted: between `predicted.lowerBound` and `predicted.upperBound`. */
  readonly allInputs: Proportion;
  readonly predicted: BornDead;
}

/** Shares of born-dead networks by width and depth. */
export interface BornDeadShares {
  readonly kind: 'born-dead';
  readonly rows: readonly BornDeadRow[];
  readonly summary: readonly BornDeadCell[];
}

/**
 * The share of ReLU networks that are born dead, by width and depth, beside theory's exact value for one input and its bounds for all (Lu
 * et al. 2019).
 *
 * @throws ParameterError for widths, depths or seeds that are no lists of distinct acceptable values, or other options that are not acceptable.
 */
export function bornDead(options: BornDeadOptions): BornDeadShares {
  refuseUnknown('bornDead', options, ['widths', 'depths', 'networks', 'seeds', 'initializer', 'level']);
  const { widths, depths, seeds = [0], level, ...rest } = options;
  checkAxis('bornDead', 'widths', widths, wholeFrom(1, 1));
  checkAxis('bornDead', 'depths', depths, wholeFrom(1, 1));
  checkAxis('bornDead', 'seeds', seeds, seedRule);
  const cells = widths.flatMap((width) => depths.map((depth) => ({ ...rest, width, depth })));
  const rows = cells.flatMap((cell) => seeds.flatMap((seed) => runBornDead(cell, seed)));
  return summarizeBornDead(rows, level === undefined ? {} : { level });
}

/**
 * What rows of {@link runBornDead} come to, from a sweep as well.
 *
 * @throws ParameterError without rows, or with one twice; DataError for rows of another experiment.
 */
export function summarizeBornDead(allRows: readonly Row[], options: { readonly level?: number } = {}): BornDeadShares {
  const rows = checkRows<BornDeadRow>('summarizeBornDead', allRows, [
    'initializer',
    'width',
    'depth',
    'seed',
    'networks',
    'silentOnOne',
    'silentOnAll',
  ]);
  const { level } = readOptions('summarizeBornDead', options, { level: levelRule });
  const summary = groupRows(rows, ['initializer', 'width', 'depth']).map((group) => {
    const total = (count: (row: BornDeadRow) => number): number => group.reduce((sum, row) => sum + count(row), 0);
    const [{ width, depth }] = group;
    const networks = total((row) => row.networks);
    const share = (successes: number): Proportion => proportion(successes, networks, { level });
    return {
      width,
      depth,
      networks,
      singleInput: share(total((row) => row.silentOnOne)),
      allInputs: share(total((row) => row.silentOnAll)),
      predicted: bornDeadProbability({ width, depth }),
    };
  });
  return { kind: 'born-dead', rows, summary };
}

function symmetricRule(name: InitializerName, width: number): Initializer {
  const rule = initializer(name as string);
  const centred =
    Number(rule.parameters.mean ?? 0) === 0 && Number(rule.parameters.low ?? -1) === -Number(rule.parameters.high ?? 1);
  if (
    rule.variance(width, width) > 0 &&
    rule.biasVariance(width, width) === 0 &&
    centred &&
    rule.outputVariance === undefined
  )
    return rule;
  throw new ParameterError(
    `Born-dead networks need random weights about 0 and no biases, such as those of 'he-normal'; '${name}' has others`,
  );
}
