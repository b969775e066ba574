import { type ActivationName, ParameterError } from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { type KernelTiming, timeKernels } from './kernel-timings.ts';
import { type StepTiming, timeSteps } from './step-timings.ts';
import { quantiles } from './statistics/quantile.ts';

/** Median and spread of a clock reading over rounds. */
export interface ClockSummary {
  readonly median: number;
  /** First and third quartile. */
  readonly quartiles: readonly [number, number];
}

/** What one activation costs. */
export interface ActivationTiming {
  readonly name: string;
  /** Nanoseconds an element. */
  readonly forward: ClockSummary;
  readonly backward: ClockSummary;
  /** Seconds of a training step of a network with it; null where steps were not timed. */
  readonly step: ClockSummary | null;
  /** Against ReLU in the same round, the median over rounds. */
  readonly relativeToRelu: { readonly forward: number; readonly backward: number; readonly step: number | null };
  /** The forward pass against a copy of the same array in the same round, the median over rounds. */
  readonly relativeToCopy: number;
}

/** Time of activations, relative to ReLU and to a copy. All of it depends on the clock, none of it on a seed. */
export interface ActivationCost {
  readonly kind: 'activation-cost';
  readonly backend: string;
  readonly build: string;
  readonly elements: number;
  readonly rounds: number;
  /** Nanoseconds an element of a copy. */
  readonly copy: ClockSummary;
  readonly timings: readonly ActivationTiming[];
}

export interface ActivationCostOptions {
  /** Elementwise activations, by name; ReLU is timed in any case. */
  readonly activations: readonly ActivationName[];
  /** Elements of an array. Default 65 536: it fits in the second-level cache. */
  readonly elements?: number;
  /** Rounds that count; one more comes before them. Default 15. */
  readonly rounds?: number;
  /** Passes over the array in a round. Default 20. */
  readonly passes?: number;
  /** Training steps of each activation in a round; default 0: no steps are timed. */
  readonly steps?: number;
  /** Hidden layers of the networks whose steps are timed. Default [256, 256]. */
  readonly hidden?: readonly number[];
}

/**
 * What activations cost: nanoseconds an element, forward and backward, and where asked for seconds a training step, in one thread.
 * Round by round, every activation in turn, so that what the machine does meanwhile meets them all; ratios are taken within a round.
 *
 * @throws ParameterError for no activations, maxout (which is not elementwise: it multiplies the weights), and options out of range.
 */
export async function activationCost(options: ActivationCostOptions): Promise<ActivationCost> {
  const numbers = ['elements', 'rounds', 'passes', 'steps'];
  refuseUnknown('activationCost', options, ['activations', 'hidden', ...numbers]);
  const { activations, hidden = [256, 256], ...rest } = options;
  const counts = readOptions('activationCost', rest, {
    elements: wholeFrom(1, 65_536),
    rounds: wholeFrom(1, 15),
    passes: wholeFrom(1, 20),
    steps: wholeFrom(0, 0),
  });
  if (!Array.isArray(activations) || activations.length === 0) {
    throw new ParameterError("activationCost needs the names of activations, such as ['relu', 'gelu']");
  }
  for (const given of activations as readonly unknown[]) {
    if (typeof given === 'string') continue;
    const what =
      typeof given === 'object' && given !== null && 'name' in given
        ? `the definition of '${String(given.name)}'`
        : String(given);
    throw new ParameterError(`activationCost takes names of the catalogue, such as 'gelu', not ${what}`);
  }
  const names = [...new Set<ActivationName>(['relu', ...activations])];
  const { elements, rounds, passes, steps } = counts;
  const kernels = timeKernels({ activations: names, elements, rounds, passes });
  const ofKernels = (name: string) => kernels.timings.filter(({ activation }) => activation === name);
  const stepTimings = steps === 0 ? [] : await timeSteps({ activations: names, hidden, rounds, steps });
  const relu = ofKernels('relu');
  return {
    kind: 'activation-cost',
    backend: kernels.backend,
    build: kernels.build,
    elements,
    rounds,
    copy: summary(relu.map(({ copy }) => copy)),
    timings: names.map((name) => timing(name, ofKernels(name), relu, stepTimings)),
  };
}

function timing(
  name: ActivationName,
  kernel: readonly KernelTiming[],
  reluKernel: readonly KernelTiming[],
  steps: readonly StepTiming[],
): ActivationTiming {
  const own = steps.filter((step) => step.activation === name).map(({ secondsPerStep }) => secondsPerStep);
  const relu = steps.filter((step) => step.activation === 'relu').map(({ secondsPerStep }) => secondsPerStep);
  const middle = (ratios: readonly number[]): number => summary(ratios).median;
  return {
    name,
    forward: summary(kernel.map(({ forward }) => forward)),
    backward: summary(kernel.map(({ backward }) => backward)),
    step: own.length === 0 ? null : summary(own),
    relativeToRelu: {
      forward: middle(kernel.map(({ forward }, round) => forward / reluKernel[round].forward)),
      backward: middle(kernel.map(({ backward }, round) => backward / reluKernel[round].backward)),
      step: own.length === 0 ? null : middle(own.map((seconds, round) => seconds / relu[round])),
    },
    relativeToCopy: middle(kernel.map(({ forward, copy }) => forward / copy)),
  };
}

function summary(values: readonly number[]): ClockSummary {
  const [lower, median, upper] = quantiles(values, [0.25, 0.5, 0.75]);
  return { median, quartiles: [lower, upper] };
}
