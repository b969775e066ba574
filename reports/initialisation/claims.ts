import { type FiniteWidthCell, summarizeFiniteWidth } from '@relu-lab/analysis';
import { type ActivationName, type InitializerName, activation as activationNamed } from '@relu-lab/core';
import { type Claim, type Measurement, agreesWithPrediction, between, greaterThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { trainableDepth } from '@relu-lab/theory';
import { type Selection, bySeed, measurement, paired, select, share } from '../measurements.ts';

/** Which of the rows the claims are about, of the study's parameters. */
export interface ClaimSetting {
  readonly shallow: number;
  readonly deep: number;
}

/** The networks that the law of finite width is tried on. */
export const typical = { width: 64, depth: 16 } as const;

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[], { shallow, deep }: ClaimSetting): readonly Claim[] {
  const median = medianLength(rows);
  const law = {
    value: median?.predicted.median ?? NaN,
    source: 'e^(−5β/2), β the sum of 1/width (Hanin & Rolnick 2018)',
  };
  return [
    {
      id: 'he-is-crucial',
      text: 'Proper initialisation (He) is crucial: ReLU networks train with it, and with Xavier’s weights, which are half as large in variance, they do not.',
      prediction: null,
      measurement: heAgainstXavier(rows, deep),
      rule: onlyIf(`the network is deep: ${deep} weight layers, against ${shallow}`, greaterThan(0.5), {
        without: heAgainstXavier(rows, shallow),
      }),
      evidence: 'fig-sensitivity',
      format: 'points',
    },
    {
      id: 'worse-than-tanh',
      text: `Sensitivity to initialisation is a disadvantage of ReLU: tanh networks of ${deep} layers train with more of the initialisations than ReLU networks do.`,
      prediction: null,
      measurement: measurement(
        paired(trainedShare(rows, 'tanh', deep), trainedShare(rows, 'relu', deep), (tanh, relu) => tanh - relu),
      ),
      rule: greaterThan(0),
      evidence: 'fig-sensitivity',
      format: 'points',
    },
    growthClaim(rows, deep, {
      id: 'he-keeps-signals',
      text: 'He initialisation keeps the mean square of ReLU’s signals from layer to layer.',
      activation: 'relu',
      initializer: 'he-normal',
    }),
    growthClaim(rows, deep, {
      id: 'xavier-halves-signals',
      text: 'Under Xavier’s initialisation every ReLU layer halves the mean square of the signal.',
      activation: 'relu',
      initializer: 'xavier-normal',
    }),
    growthClaim(rows, deep, {
      id: 'pytorch-default-gradient',
      text: 'Under PyTorch’s default for dense layers every ReLU layer divides the squared gradient by 6.',
      activation: 'relu',
      initializer: 'pytorch-default',
      direction: 'backward',
    }),
    {
      id: 'defaults-are-proper',
      text: `A framework’s default is proper initialisation: ReLU networks of ${deep} layers train with PyTorch’s.`,
      prediction: { value: 0, source: 'the gradient of the first layer is 6 to the power of the depth too small' },
      measurement: measurement(
        trains(rows, { activation: 'relu', initializer: 'pytorch-default', depth: deep }),
        share,
      ),
      rule: greaterThan(0.5),
      expected: { full: 'refuted' },
      evidence: 'fig-sensitivity',
      format: 'percent0',
    },
    ...(['gelu', 'silu'] as const).map((activation): Claim => ({
      id: `he-for-${activation}`,
      text: `He initialisation is proper for ReLU’s smooth relatives: it keeps the signal of ${activation === 'gelu' ? 'GELU' : 'SiLU'} networks.`,
      prediction: predictedGrowth(rows, { activation, initializer: 'he-normal', depth: deep }, 'forward'),
      measurement: growth(rows, { activation, initializer: 'he-normal', depth: deep }, 'forward'),
      rule: between(0.9, 1.1),
      evidence: 'tbl-growth',
      format: 'fixed2',
    })),
    {
      id: 'six-xi',
      text: 'Networks train up to a depth of about 6 ξ, and not beyond: theory says of tanh networks which of them train.',
      prediction: { value: 1, source: 'Schoenholz et al. 2017' },
      measurement: measurement(agreementWithTheory(rows), share),
      rule: greaterThan(0.75),
      evidence: 'fig-trainable',
      format: 'percent0',
    },
    {
      id: 'he-keeps-the-typical-network',
      text: `He initialisation keeps the signal of the typical network: with width ${typical.width} and ${typical.depth} layers the median network’s squared length is within 10 % of the input’s.`,
      prediction: law,
      measurement: medianMeasurement(rows),
      rule: between(0.9, 1.1),
      expected: { full: 'refuted' },
      evidence: 'fig-finite-width',
      format: 'fixed2',
    },
    {
      id: 'finite-width-law',
      text: 'The median network’s signal falls as e^(−5β/2): the narrower and deeper, the less of it is left.',
      prediction: law,
      measurement: medianMeasurement(rows),
      rule: agreesWithPrediction({ relativeTolerance: 0.15 }),
      expected: { full: 'supported' },
      evidence: 'fig-finite-width',
      format: 'fixed2',
    },
  ];
}

type Direction = 'forward' | 'backward';

interface GrowthClaim {
  readonly id: string;
  readonly text: string;
  readonly activation: ActivationName;
  readonly initializer: InitializerName;
  readonly direction?: Direction;
}

/** A claim that growth is as theory has it, within a tenth. */
function growthClaim(rows: readonly Row[], depth: number, claim: GrowthClaim): Claim {
  const { id, text, activation, initializer, direction = 'forward' } = claim;
  const condition = { activation, initializer, depth };
  return {
    id,
    text,
    prediction: predictedGrowth(rows, condition, direction),
    measurement: growth(rows, condition, direction),
    rule: agreesWithPrediction({ relativeTolerance: 0.1 }),
    expected: { full: 'supported' },
    evidence: 'tbl-growth',
    format: 'fixed3',
  };
}

/** The geometric mean over seeds of the factor a layer. */
export function growth(rows: readonly Row[], condition: Selection, direction: Direction): Measurement {
  return measurement(bySeed(rows, { kind: 'initial', ...condition }, `${direction}Growth`), { scale: 'log' });
}

export function predictedGrowth(
  rows: readonly Row[],
  condition: Selection,
  direction: Direction,
): { readonly value: number; readonly source: string } {
  const key = direction === 'forward' ? 'predictedForwardGrowth' : 'predictedBackwardGrowth';
  const [row] = select(rows, { kind: 'initial', ...condition });
  return {
    value: Number(row?.[key] ?? NaN),
    source: direction === 'forward' ? 'mean field: σ_w² E[φ²]/q + σ_b²/q, a layer' : 'mean field: σ_w² E[φ′²], a layer',
  };
}

/** By seed, 1 where the network trains and 0 where it does not, or diverges. */
export function trains(rows: readonly Row[], condition: Selection): ReadonlyMap<number, number> {
  return bySeed(rows, { kind: 'initial', ...condition }, 'trains');
}

function heAgainstXavier(rows: readonly Row[], depth: number): Measurement {
  const relu = (initializer: string) => trains(rows, { activation: 'relu', initializer, depth });
  return measurement(paired(relu('he-normal'), relu('xavier-normal'), (he, xavier) => he - xavier));
}

/** By seed, the share of the initialisations with which a network trains. */
function trainedShare(rows: readonly Row[], activation: string, depth: number): ReadonlyMap<number, number> {
  return trains(rows, { activation, depth });
}

/** By seed, the share of the tanh networks that train where theory says so, and fail where it says that. */
function agreementWithTheory(rows: readonly Row[]): ReadonlyMap<number, number> {
  const map = select(rows, { kind: 'map' }).flatMap((row) => {
    const limit = depthLimit(String(row.activation), Number(row.weightVariance), Number(row.biasVariance));
    return limit === null ? [] : [{ ...row, agrees: row.trains === Number(row.depth) <= limit ? 1 : 0 }];
  });
  return bySeed(map, {}, 'agrees');
}

/** Infinite at the edge of chaos; null where theory does not say. */
function depthLimit(name: string, weightVariance: number, biasVariance: number): number | null {
  const phi = activationNamed(name);
  if (phi.kind !== 'elementwise') return null;
  const found = trainableDepth(phi, { weightVariance, biasVariance });
  if (found.status === 'none') return null;
  return found.status === 'finite' ? found.depth : Infinity;
}

function medianLength(rows: readonly Row[]): FiniteWidthCell | undefined {
  const drawn = select(rows, { kind: 'finite-width', ...typical });
  return drawn.length === 0 ? undefined : summarizeFiniteWidth(drawn).summary[0];
}

function medianMeasurement(rows: readonly Row[]): Measurement {
  const drawn = select(rows, { kind: 'finite-width', ...typical });
  const cell = medianLength(rows);
  if (cell === undefined) return { estimate: NaN, interval: null, seeds: 0 };
  const { median, interval } = cell.measured;
  const seeds = new Set(drawn.map(({ seed }) => seed)).size;
  return { estimate: median, interval, seeds, unit: `over ${cell.networks} networks` };
}
