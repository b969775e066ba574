import { initializer, random } from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import type { ExperimentContext, ExperimentReference, Row } from '@relu-lab/sweep';
import { finiteWidth } from '@relu-lab/theory';
import { mean } from '../statistics/bootstrap.ts';
import { levelRule, seedRule } from '../statistics/options.ts';
import { summarizeOutcomes } from '../statistics/outcome-summary.ts';
import { lastHiddenActivations } from './drawn-mlp.ts';
import { checkAxis, checkRows, groupRows } from './grid.ts';
import { readRequired, required } from './required-options.ts';

/** One condition: how wide and deep the networks are, and how many are drawn. */
export interface FiniteWidthParameters {
  /** Inputs, and units in each hidden layer. */
  readonly width: number;
  /** Weight layers, at least 2; there is one hidden layer less. */
  readonly depth: number;
  /** Networks drawn. Default 500. */
  readonly networks?: number;
}

/** One network. */
export type FiniteWidthRow = {
  readonly width: number;
  readonly depth: number;
  readonly seed: number;
  /** Which of the networks of the seed, from 0. */
  readonly network: number;
  /** M = |a_L|²/n of the last hidden activations, for an input with |x|²/n = 1: its mean over networks is 1. */
  readonly squaredLength: number;
};

/** The experiment for a sweep: {@link runFiniteWidth}. */
export const finiteWidthExperiment: ExperimentReference<FiniteWidthParameters> = {
  module: import.meta.url,
  export: 'runFiniteWidth',
};

/**
 * Draws He-initialised ReLU networks without biases, and measures the squared length of their last hidden activations. The k-th network has as
 * its seed the k-th whole number below 2³¹ from the stream `networks` of `seed`.
 *
 * @throws ParameterError for parameters that are not acceptable.
 */
export function runFiniteWidth(
  parameters: FiniteWidthParameters,
  seed: number,
  context?: ExperimentContext,
): readonly FiniteWidthRow[] {
  const { width, depth, networks } = readRequired('runFiniteWidth', parameters, {
    width: required(wholeFrom(1, 1)),
    depth: required(wholeFrom(2, 2)),
    networks: wholeFrom(1, 500),
  });
  const widths = Array.from({ length: depth }, () => width);
  const weights = initializer('he-normal');
  const seeds = random(seed).stream('networks');
  const input = new Float64Array(width).fill(1);
  return Array.from({ length: networks }, (_, network) => {
    context?.signal.throwIfAborted();
    const [last] = lastHiddenActivations({ widths, weights, seed: seeds.integer(2 ** 31) }, [input]);
    context?.onProgress((network + 1) / networks);
    return { width, depth, seed, network, squaredLength: last.reduce((sum, a) => sum + a * a, 0) / width };
  });
}

export interface FiniteWidthSpreadOptions {
  readonly widths: readonly number[];
  /** Weight layers of each network of a condition, at least 2. */
  readonly depths: readonly number[];
  /** Networks of each condition and seed. Default 500. */
  readonly networks?: number;
  /** Default `[0]`: the networks of one seed are samples enough. */
  readonly seeds?: readonly number[];
  /** Confidence level of the interval. Default 0.95. */
  readonly level?: number;
}

/** The spread of M over networks of one width and depth, beside what the log-normal law says. */
export interface FiniteWidthCell {
  readonly width: number;
  readonly depth: number;
  readonly networks: number;
  /** Networks with M = 0: born dead. They count in the median and in quantiles, and not in `logMean` and `logVariance`. */
  readonly silent: number;
  readonly measured: {
    readonly median: number;
    /** Interval of the median; null for one network. */
    readonly interval: readonly [number, number] | null;
    readonly mean: number;
    /** Mean of M² over the squared mean: heavy tails make a sample's fall short of the true one where β is 0.3 or more. */
    readonly secondMomentRatio: number;
    /** Mean and variance of ln M; null with fewer than two networks that are not silent. */
    readonly logMean: number | null;
    readonly logVariance: number | null;
  };
  readonly predicted: {
    /** β = Σ 1/n. */
    readonly beta: number;
    /** e^(−5β/2). */
    readonly median: number;
    readonly mean: 1;
    /** (1 + 5/n)^(hidden layers), exact. */
    readonly secondMomentRatio: number;
    /** −5β/2. */
    readonly logMean: number;
    /** 5β. */
    readonly logVariance: number;
  };
  readonly quantiles: readonly { readonly p: number; readonly measured: number; readonly predicted: number }[];
}

/** Spread of M = |a_L|²/n over networks, by width and depth. */
export interface FiniteWidthSpread {
  readonly kind: 'finite-width-spread';
  readonly rows: readonly FiniteWidthRow[];
  readonly summary: readonly FiniteWidthCell[];
}

/**
 * How the squared length of the last hidden activations of He-initialised ReLU networks spreads over initialisations: its mean is kept, the
 * typical network's falls as e^(−5β/2), and quantiles follow exp(−5β/2 + Φ⁻¹(p) √(5β)), for small 1/n (Hanin & Rolnick 2018).
 *
 * @throws ParameterError for widths, depths or seeds that are no lists of distinct acceptable values, or other options that are not acceptable.
 */
export function finiteWidthSpread(options: FiniteWidthSpreadOptions): FiniteWidthSpread {
  refuseUnknown('finiteWidthSpread', options, ['widths', 'depths', 'networks', 'seeds', 'level']);
  const { widths, depths, seeds = [0], level, ...rest } = options;
  checkAxis('finiteWidthSpread', 'widths', widths, wholeFrom(1, 1));
  checkAxis('finiteWidthSpread', 'depths', depths, wholeFrom(2, 2));
  checkAxis('finiteWidthSpread', 'seeds', seeds, seedRule);
  const cells = widths.flatMap((width) => depths.map((depth) => ({ ...rest, width, depth })));
  const rows = cells.flatMap((cell) => seeds.flatMap((seed) => runFiniteWidth(cell, seed)));
  return summarizeFiniteWidth(rows, level === undefined ? {} : { level });
}

/**
 * What rows of {@link runFiniteWidth} come to, from a sweep as well.
 *
 * @throws ParameterError without rows, or with one twice; DataError for rows of another experiment.
 */
export function summarizeFiniteWidth(
  allRows: readonly Row[],
  options: { readonly level?: number } = {},
): FiniteWidthSpread {
  const columns = ['width', 'depth', 'seed', 'network', 'squaredLength'] as const;
  const rows = checkRows<FiniteWidthRow>('summarizeFiniteWidth', allRows, columns);
  const { level } = readOptions('summarizeFiniteWidth', options, { level: levelRule });
  return {
    kind: 'finite-width-spread',
    rows,
    summary: groupRows(rows, ['width', 'depth']).map((group) => summarizeCell(group, level)),
  };
}

const probabilities: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95];

function summarizeCell(group: readonly FiniteWidthRow[], level: number): FiniteWidthCell {
  const [{ width, depth }] = group;
  const lengths = group.map((row) => row.squaredLength);
  const log = summarizeOutcomes(lengths, { scale: 'log', probabilities, level });
  const law = finiteWidth({ widths: Array.from({ length: depth - 1 }, () => width) });
  const centre = mean(lengths);
  return {
    width,
    depth,
    networks: lengths.length,
    silent: log.zeros,
    measured: {
      median: log.median ?? NaN,
      interval: log.interval,
      mean: centre,
      secondMomentRatio: mean(lengths.map((length) => length ** 2)) / centre ** 2,
      logMean: log.deviation === null || log.mean === null ? null : Math.log(log.mean),
      logVariance: log.deviation === null ? null : Math.log(log.deviation) ** 2,
    },
    predicted: {
      beta: law.beta,
      median: law.median,
      mean: 1,
      secondMomentRatio: law.secondMomentRatio,
      logMean: Math.log(law.median),
      logVariance: 5 * law.beta,
    },
    quantiles: log.quantiles.map(({ p, value }) => ({ p, measured: value, predicted: law.quantile(p) })),
  };
}
