import { ParameterError } from '@relu-lab/core';
import { readOptions, refuseUnknown } from '@relu-lab/core/options';
import { type BootstrapInterval, bootstrapInterval, mean, studentInterval } from './bootstrap.ts';
import { type Outcome, splitOutcomes } from './outcome.ts';
import { levelRule, seedRule } from './options.ts';
import { medianInterval } from './order-interval.ts';
import { type Proportion, proportion } from './proportion.ts';
import { median, quantiles } from './quantile.ts';

export interface OutcomeSummaryOptions {
  /**
   * `log` for quantities of at least 0 that spread over factors, such as gradients, losses and lengths of deep networks: the median, the
   * mean, the deviation and the quantiles are taken of the logarithms and given back as factors. Default `linear`.
   */
  readonly scale?: 'linear' | 'log';
  /** Where quantiles are taken, of type 7. Default 0.05, 0.25, 0.75, 0.95. */
  readonly probabilities?: readonly number[];
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  readonly level?: number;
  /** Seed of the bootstrap. Default 0. */
  readonly seed?: number;
}

/** What a quantity came to over runs. What is null has no value: no run came to a number, or one alone has no spread. */
export interface OutcomeSummary {
  readonly runs: number;
  /** Runs that came to a finite number; the rest of the summary is of them, the survivors, only. */
  readonly finite: number;
  /** Runs that diverged. */
  readonly diverged: number;
  /** Their share of all runs, with Wilson's interval. */
  readonly divergedShare: Proportion;
  readonly scale: 'linear' | 'log';
  /** On the log scale the runs at exactly 0: they count in the median and in quantiles, and not in mean and deviation. */
  readonly zeros: number;
  readonly median: number | null;
  /** Interval of the median. */
  readonly interval: readonly [number, number] | null;
  /** How the interval was made: see {@link bootstrapInterval}; `order-statistics` also with zeros on the log scale, and for more than 200 runs. */
  readonly intervalMethod: BootstrapInterval['method'];
  /** On the log scale the geometric mean. */
  readonly mean: number | null;
  /** Student's interval of the mean. */
  readonly meanInterval: readonly [number, number] | null;
  /** Standard deviation, dividing by the number less one; on the log scale a factor. */
  readonly deviation: number | null;
  readonly quantiles: readonly { readonly p: number; readonly value: number }[];
  readonly level: number;
}

/**
 * Summary of what runs came to, those that diverged counted apart and never left out in silence: median with its interval (BCa, or as
 * {@link bootstrapInterval} says for few), mean with Student's, deviation, and quantiles.
 *
 * A mean of heavy tails says little at any number of seeds that can be paid for; on the log scale the geometric mean e^(mean of ln x) and
 * the median of ln x do.
 *
 * @throws ParameterError when there is no outcome, one is neither a number nor `'diverged'`, or is negative on the log scale.
 */
export function summarizeOutcomes(outcomes: readonly Outcome[], options: OutcomeSummaryOptions = {}): OutcomeSummary {
  refuseUnknown('summarizeOutcomes', options, ['scale', 'probabilities', 'level', 'seed']);
  const { scale = 'linear', probabilities = [0.05, 0.25, 0.75, 0.95], ...numbers } = options;
  const { level, seed } = readOptions('summarizeOutcomes', numbers, { level: levelRule, seed: seedRule });
  if (scale !== 'linear' && scale !== 'log') {
    throw new ParameterError(`scale must be 'linear' or 'log', not '${String(scale)}'`);
  }
  const { finite, diverged } = splitOutcomes(outcomes);
  if (scale === 'log') refuseNegative(finite);
  const [to, back] = scale === 'log' ? [Math.log, Math.exp] : [identity, identity];
  const scaled = finite.map(to);
  const measurable = scaled.filter(Number.isFinite);
  const spread = measurable.length > 1 ? spreadOf(measurable, level) : null;
  return {
    runs: outcomes.length,
    finite: finite.length,
    diverged,
    divergedShare: proportion(diverged, outcomes.length, { level }),
    scale,
    zeros: scaled.length - measurable.length,
    ...medianOf(finite, scale, level, seed),
    mean: measurable.length > 0 ? back(mean(measurable)) : null,
    meanInterval: spread && [back(spread.interval[0]), back(spread.interval[1])],
    deviation: spread && back(spread.deviation),
    quantiles:
      scaled.length > 0
        ? quantiles(scaled, probabilities).map((value, i) => ({ p: probabilities[i], value: back(value) }))
        : [],
    level,
  };
}

type MedianPart = Pick<OutcomeSummary, 'median' | 'interval' | 'intervalMethod'>;

/** More runs than this need no bootstrap for their median: the interval between values is as narrow, exact, and cheap. */
const mostForBootstrap = 200;

function medianOf(finite: readonly number[], scale: 'linear' | 'log', level: number, seed: number): MedianPart {
  const [to, back] = scale === 'log' ? [Math.log, Math.exp] : [identity, identity];
  if (finite.length === 0) return { median: null, interval: null, intervalMethod: 'none' };
  const scaled = finite.map(to);
  // −∞, the logarithm of 0, orders well, but resamples need a mean of the two in the middle.
  if (scaled.every(Number.isFinite) && scaled.length <= mostForBootstrap) {
    const { estimate, interval, method } = bootstrapInterval(scaled, { level, seed });
    return {
      median: back(estimate),
      interval: interval && [back(interval[0]), back(interval[1])],
      intervalMethod: method,
    };
  }
  const middle = back(median(scaled));
  if (finite.length === 1) return { median: middle, interval: null, intervalMethod: 'none' };
  return { median: middle, interval: medianInterval(finite, { level }).interval, intervalMethod: 'order-statistics' };
}

function spreadOf(
  values: readonly number[],
  level: number,
): { readonly interval: readonly [number, number]; readonly deviation: number } {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { interval: studentInterval(values, level), deviation: Math.sqrt(squares / (values.length - 1)) };
}

function refuseNegative(values: readonly number[]): void {
  const negative = values.find((value) => value < 0);
  if (negative === undefined) return;
  throw new ParameterError(`The log scale takes values of at least 0, not ${negative}; take the linear one`);
}

function identity(value: number): number {
  return value;
}
