import { type Claim, type Measurement, agreesWithPrediction, greaterThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, select } from '../measurements.ts';
import { edgeOf, mapBiasVariance, phaseFactors } from './design.ts';

/** What Poole et al. say of two inputs of a tanh network with biases. */
export function phaseClaims(rows: readonly Row[]): readonly Claim[] {
  return [
    {
      id: 'tanh-length-map',
      text: 'The squared length of tanh’s signals follows q′ = σ_w² E[φ(√q z)²] + σ_b² from layer to layer, below the edge of chaos, at it and above.',
      prediction: { value: 1, source: 'measured over the length map, Poole et al. 2016' },
      measurement: measurement(lengthOverTheory(rows), { scale: 'log' }),
      rule: agreesWithPrediction({ tolerance: 0.1 }),
      expected: { full: 'supported' },
      evidence: 'fig-lengths',
      format: 'fixed3',
    },
    {
      id: 'order-and-chaos',
      text: 'Order and chaos meet at χ₁ = 1: two inputs become alike on their way through the layers (their correlation comes to more than 0.95).',
      prediction: { value: expectedAtTheTop(rows, 'ordered'), source: 'the correlation map, Poole et al. 2016' },
      measurement: correlationAtTheTop(rows, 'ordered'),
      rule: onlyIf(
        `χ₁ < 1, with ${phaseFactors.ordered} times the weight variance at the edge of chaos, and not with ${phaseFactors.chaotic} times`,
        greaterThan(0.95),
        { without: correlationAtTheTop(rows, 'chaotic') },
      ),
      expected: { full: 'only-if' },
      evidence: 'fig-correlations',
      format: 'fixed3',
    },
  ];
}

type Phase = keyof typeof phaseFactors;

/** The rows of one phase. */
export function rowsOfPhase(rows: readonly Row[], phase: Phase): readonly Row[] {
  return select(rows, { kind: 'phase', weightVariance: phaseFactors[phase] * edgeOf('tanh', mapBiasVariance) });
}

function topOf(rows: readonly Row[], phase: Phase): readonly Row[] {
  const own = rowsOfPhase(rows, phase);
  return select(own, { layer: Math.max(...own.map(({ layer }) => Number(layer))) });
}

function correlationAtTheTop(rows: readonly Row[], phase: Phase): Measurement {
  return measurement(bySeed(topOf(rows, phase), {}, 'correlation'), { bounds: [-1, 1] });
}

function expectedAtTheTop(rows: readonly Row[], phase: Phase): number {
  return Number(topOf(rows, phase)[0]?.expectedCorrelation ?? NaN);
}

/** By seed, the geometric mean over all layers and phases of the squared length over what the map has. */
function lengthOverTheory(rows: readonly Row[]): ReadonlyMap<number, number> {
  const logs = select(rows, { kind: 'phase' }).map(({ seed, q, expectedQ }) => ({
    seed,
    departure: Math.log(Number(q) / Number(expectedQ)),
  }));
  return new Map([...bySeed(logs, {}, 'departure')].map(([seed, mean]) => [seed, Math.exp(mean)]));
}
