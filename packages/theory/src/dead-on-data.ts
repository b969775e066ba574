import { normalCumulative } from '@relu-lab/core';
import { bracketedRoot } from './bracketed-root.ts';
import { integrate } from './integrate.ts';
import { readRequired, requiredShare, requiredWholeFrom } from './required-options.ts';

export interface DeadOnDataOptions {
  /** m, samples in the data set; at least 1. */
  readonly samples: number;
  /** ρ, the correlation of a unit's pre-activations on any two samples; from 0 to 1. */
  readonly correlation: number;
}

/** What a data set sees of a ReLU unit at initialisation, without bias. */
export interface DeadOnData {
  /** Probability that the unit is silent on all samples. */
  readonly dead: number;
  /** Probability that it is silent on none, and so linear on the data: the same, by symmetry. */
  readonly alwaysOn: number;
}

/**
 * The probability that a unit of a wide ReLU layer without bias is dead on m samples, and that it is always on: its
 * pre-activations are jointly normal with one common correlation ρ, and P = E[Φ(√(ρ/(1−ρ)) g)^m] with g ~ N(0, 1).
 *
 * 2⁻ᵐ at ρ = 0, 1/(m + 1) at ρ = 1/2, 1/2 at ρ = 1.
 *
 * @throws ParameterError unless `samples` is a whole number of at least 1 and `correlation` lies in [0, 1].
 */
export function deadOnData(options: DeadOnDataOptions): DeadOnData {
  const { samples, correlation } = readRequired('deadOnData', options, {
    samples: requiredWholeFrom(1),
    correlation: requiredShare,
  });
  const dead = allBelowZero(samples, correlation);
  return { dead, alwaysOn: dead };
}

function allBelowZero(samples: number, correlation: number): number {
  if (correlation === 0 || samples === 1) return 2 ** -samples;
  if (correlation === 1) return 0.5;
  if (correlation === 0.5) return 1 / (samples + 1);
  const ratio = Math.sqrt(correlation / (1 - correlation));
  const log = (g: number): number => samples * logCumulative(ratio * g) - (g * g) / 2;

  // The integrand is log-concave, and falls off at least as fast as e^(−(g − mode)²/2).
  const slope = (g: number): number => samples * ratio * densityOverCumulative(ratio * g) - g;
  const farRight = samples * ratio;
  const mode = bracketedRoot(slope, 0, farRight, slope(0), slope(farRight));
  const peak = log(mode);
  const width = 1 / Math.sqrt(1 + samples * ratio * ratio);
  const breaks = [mode];
  for (let distance = width; distance < 13; distance *= 4) breaks.push(mode - distance, mode + distance);
  breaks.push(mode - 13, mode + 13);
  const { integral } = integrate(
    (g, out) => {
      out[0] = Math.exp(log(g) - peak);
    },
    1,
    { breaks: breaks.sort((a, b) => a - b) },
  );
  return (integral[0] * Math.exp(peak)) / Math.sqrt(2 * Math.PI);
}

/** ln Φ(x). */
function logCumulative(x: number): number {
  return x > 0 ? Math.log1p(-normalCumulative(-x)) : Math.log(normalCumulative(x));
}

/** The derivative of ln Φ. */
function densityOverCumulative(x: number): number {
  return Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI) / normalCumulative(x);
}
