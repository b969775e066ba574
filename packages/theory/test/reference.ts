import {
  type ElementwiseActivation,
  abs,
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  identity,
  leakyRelu,
  mish,
  prelu,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '@relu-lab/core';
import { readFileSync } from 'node:fs';

interface MomentsRow {
  readonly activation: string;
  readonly normal: { readonly mean: number; readonly variance: number };
  readonly mean: number;
  readonly secondMoment: number;
  readonly variance: number;
  readonly derivativeSecondMoment: number;
  readonly curvatureMoment: number;
}

interface LengthRow {
  readonly activation: string;
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly q: number;
  readonly lengthSlope: number;
}

/** What `record-theory.py` computed with mpmath. */
export interface Reference {
  readonly moments: readonly MomentsRow[];
  readonly fixedPoints: readonly (LengthRow & { readonly chi1: number })[];
  readonly edges: readonly LengthRow[];
  readonly pairs: readonly {
    readonly activation: string;
    readonly q: number;
    readonly rho: number;
    readonly product: number;
    readonly derivativeProduct: number;
  }[];
  readonly deadOnData: readonly { readonly samples: number; readonly correlation: number; readonly dead: number }[];
  readonly maxout: readonly { readonly pieces: number; readonly mean: number; readonly secondMoment: number }[];
  readonly selu: readonly {
    readonly options: {
      readonly mean: number;
      readonly variance: number;
      readonly weightSum: number;
      readonly weightSquareSum: number;
    };
    readonly mean: number;
    readonly variance: number;
    readonly jacobian: readonly (readonly [number, number])[];
  }[];
  readonly quantiles: readonly { readonly p: number; readonly x: number }[];
}

export const reference = JSON.parse(
  readFileSync(new URL('fixtures/theory.json', import.meta.url), 'utf8'),
) as Reference;

const recorded: Readonly<Record<string, ElementwiseActivation>> = {
  abs,
  identity,
  'leaky-relu(0.01)': leakyRelu({ alpha: 0.01 }),
  'prelu(0.25)': prelu({ alpha: 0.25 }),
  relu,
  'celu(2)': celu({ alpha: 2 }),
  'elu(1)': elu(),
  'elu(1.5)': elu({ alpha: 1.5 }),
  gelu,
  'hard-sigmoid': hardSigmoid,
  'hard-swish': hardSwish,
  mish,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
};

/** The activation that the script calls `name`. */
export function recordedActivation(name: string): ElementwiseActivation {
  const found = recorded[name];
  if (found === undefined) throw new Error(`The script recorded an activation '${name}' that is not known here`);
  return found;
}
