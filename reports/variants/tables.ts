import type { Table } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, medianMeasurement, select, share } from '../measurements.ts';
import { accuracy, variantsAgainstRelu } from './comparisons.ts';
import { type Contestant, fixedSlope, reference, variants } from './contestants.ts';
import { type ToySet, toySets } from './on-toy-sets.ts';

export function accuracyTable(rows: readonly Row[]): Table {
  const compared = variantsAgainstRelu(rows, 'run');
  return {
    columns: [
      { key: 'contestant', label: 'Variant' },
      { key: 'accuracy', label: 'Test accuracy', format: 'percent2' },
      { key: 'difference', label: 'less ReLU’s', format: 'points2' },
      { key: 'pValue', label: 'p', format: 'significant2' },
      { key: 'parameters', label: 'Parameters', format: 'integer' },
      { key: 'multiplications', label: 'Products', format: 'integer' },
      { key: 'idlePieces', label: 'Idle pieces', format: 'percent2' },
      { key: 'diverged', label: 'Diverged', format: 'integer' },
    ],
    rows: [reference, ...variants, fixedSlope].map(({ name: contestant }) => {
      const own = { kind: 'run', contestant };
      const { estimate } = measurement(accuracy(rows, own), share);
      const { measurement: difference, pValue = null } = contestant in compared ? compared[contestant] : {};
      const mean = (key: string) => measurement(bySeed(rows, own, key)).estimate;
      const idle = measurement(bySeed(rows, { kind: 'layer', moment: 'end', contestant }, 'idlePieces'));
      return {
        contestant,
        accuracy: estimate,
        difference: difference?.estimate ?? null,
        pValue,
        parameters: mean('parameters'),
        multiplications: mean('multiplications'),
        idlePieces: idle.seeds === 0 ? null : idle.estimate,
        diverged: select(rows, { ...own, status: 'diverged' }).length,
      };
    }),
    caption: `The variants on digits: means over the seeds whose runs did not diverge; differences over seeds where neither did. p is that of a paired t test against ReLU, and adjusted for ${variants.length} comparisons (Holm). Products are the multiplications that one digit takes on its way forward; idle pieces of maxout are the largest on no test digit. The last line is the control for PReLU.`,
  };
}

export function toysTable(rows: readonly Row[]): Table {
  const compared = variantsAgainstRelu(rows, 'toy');
  const sets = Object.keys(toySets) as ToySet[];
  const line = ({ name: contestant }: Contestant) => {
    const own = { kind: 'toy', contestant };
    const mean = (set: ToySet) => measurement(accuracy(rows, { ...own, set }), share).estimate;
    const { measurement: difference, pValue = null } = contestant in compared ? compared[contestant] : {};
    return {
      contestant,
      ...Object.fromEntries(sets.map((set) => [set, mean(set)])),
      difference: difference?.estimate ?? null,
      pValue,
      diverged: select(rows, { ...own, status: 'diverged' }).length,
    };
  };
  return {
    columns: [
      { key: 'contestant', label: 'Variant' },
      ...sets.map((set) => ({ key: set, label: `${set[0].toUpperCase()}${set.slice(1)}`, format: 'percent' as const })),
      { key: 'difference', label: 'less ReLU’s', format: 'points2' },
      { key: 'pValue', label: 'p', format: 'significant2' },
      { key: 'diverged', label: 'Diverged', format: 'integer' },
    ],
    rows: [reference, ...variants].map(line),
    caption: `The variants on sets of two classes in the plane: accuracy on points not seen, means over seeds. The difference is that of the mean over the sets; p is that of a paired t test of it against 0, adjusted for ${variants.length} comparisons (Holm).`,
  };
}

export function eluTable(rows: readonly Row[]): Table {
  const [float32] = select(rows, { kind: 'float32' });
  const flat = medianMeasurement(bySeed(rows, { kind: 'layer', moment: 'end', contestant: 'elu' }, 'flat')).estimate;
  return {
    columns: [
      { key: 'alpha', label: 'α', format: 'fixed1' },
      { key: 'slopeJump', label: 'Jump of the slope at 0', format: 'fixed4' },
      { key: 'curvatureJump', label: 'Jump of the curvature at 0', format: 'fixed3' },
      { key: 'least', label: 'Least output in float32', format: 'fixed2' },
      { key: 'outputEndsAt', label: 'which it has from x =', format: 'fixed2' },
      { key: 'derivativeEndsAt', label: 'No gradient from x =', format: 'fixed2' },
      { key: 'flat', label: 'Without gradient, trained', format: 'percent3' },
    ],
    rows: select(rows, { kind: 'smoothness' }).map(({ alpha, slopeJump, curvatureJump }) => ({
      alpha: Number(alpha),
      slopeJump: Number(slopeJump),
      curvatureJump: Number(curvatureJump),
      ...(alpha === 1 && {
        least: Number(float32.least),
        outputEndsAt: Number(float32.outputEndsAt),
        derivativeEndsAt: Number(float32.derivativeEndsAt),
        flat,
      }),
    })),
    caption:
      'ELU by numbers: jumps at 0, found by differences in float64; and, for α = 1, what float32 makes of it. Below the x of the last but one column a network’s gradient through ELU is exactly 0; the last one has the share of outputs below 0 for which this is so after training on digits, the median over seeds.',
  };
}

export function meansTable(rows: readonly Row[]): Table {
  return {
    columns: [
      { key: 'contestant', label: 'Activation' },
      { key: 'atStart', label: 'Mean before training, first layer', format: 'fixed3' },
      { key: 'unitMean', label: 'Mean of a unit after', format: 'fixed3' },
      { key: 'relativeMean', label: 'in sizes of activations', format: 'fixed3' },
    ],
    rows: ['relu', 'leaky-relu', 'prelu', 'elu', 'selu'].map((contestant) => {
      const mean = (selection: Selection, key: string) =>
        measurement(bySeed(rows, { kind: 'layer', contestant, ...selection }, key)).estimate;
      return {
        contestant,
        atStart: mean({ moment: 'start', layer: 1 }, 'mean'),
        unitMean: mean({ moment: 'end' }, 'unitMean'),
        relativeMean: mean({ moment: 'end' }, 'relativeMean'),
      };
    }),
    caption:
      'Mean activations on test digits: over all units of the first layer before training; and how far the mean of a unit is from 0 after it, as it is and as a share of the root mean square of its layer, over hidden layers. Means over seeds.',
  };
}

export function seluTable(rows: readonly Row[], hiddenLayers: number): Table {
  const mean = (moment: string, layer: number, key: string) =>
    measurement(bySeed(rows, { kind: 'layer', contestant: 'selu', moment, layer }, key)).estimate;
  return {
    columns: [
      { key: 'layer', label: 'Hidden layer', format: 'integer' },
      { key: 'meanAtStart', label: 'Mean before training', format: 'fixed3' },
      { key: 'varianceAtStart', label: 'Variance before training', format: 'fixed3' },
      { key: 'meanAtEnd', label: 'Mean after', format: 'fixed3' },
      { key: 'varianceAtEnd', label: 'Variance after', format: 'fixed3' },
    ],
    rows: Array.from({ length: hiddenLayers }, (_, i) => ({
      layer: i + 1,
      meanAtStart: mean('start', i + 1, 'mean'),
      varianceAtStart: mean('start', i + 1, 'variance'),
      meanAtEnd: mean('end', i + 1, 'mean'),
      varianceAtEnd: mean('end', i + 1, 'variance'),
    })),
    caption: 'SELU’s activations over test digits and units, before and after learning digits: means over seeds.',
  };
}
