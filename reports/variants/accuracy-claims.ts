import { type Claim, greaterThan } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { furthest, variantsAgainstRelu } from './comparisons.ts';

/** Variants that are said to be more accurate than ReLU, and what is expected of it where all digits are learned. */
const contenders = [
  { name: 'leaky-relu', id: 'leaky-beats-relu', called: 'Leaky ReLU with α = 0.01', expected: 'inconclusive' },
  { name: 'prelu', id: 'prelu-beats-relu', called: 'PReLU', expected: 'supported' },
  { name: 'elu', id: 'elu-beats-relu', called: 'ELU', expected: 'supported' },
  { name: 'selu', id: 'selu-beats-relu', called: 'SELU', expected: 'supported' },
  { name: 'maxout', id: 'maxout-beats-relu', called: 'Maxout of the same width', expected: 'supported' },
  {
    name: 'maxout, equal parameters',
    id: 'maxout-pays',
    called: 'Maxout with no more parameters than ReLU',
    expected: 'supported',
  },
] as const;

/** Of all variants: whether they are more accurate than ReLU, corrected for their number. */
export function accuracyClaims(rows: readonly Row[]): readonly Claim[] {
  const [digits, toys] = [variantsAgainstRelu(rows, 'run'), variantsAgainstRelu(rows, 'toy')];
  return [
    ...contenders.map(({ name, id, called, expected }): Claim => ({
      id,
      text: `${called} is more accurate than ReLU on digits.`,
      prediction: null,
      measurement: digits[name].measurement,
      rule: greaterThan(0),
      expected: { full: expected },
      evidence: 'fig-accuracy',
      format: 'points2',
    })),
    {
      id: 'some-variant-beats-relu-in-the-plane',
      text: 'On sets of points in the plane some variant is more accurate than ReLU.',
      prediction: null,
      measurement: furthest(toys, 'upwards'),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-toys',
      format: 'points2',
    },
    {
      id: 'every-variant-beats-relu-in-the-plane',
      text: 'On sets of points in the plane every variant is more accurate than ReLU.',
      prediction: null,
      measurement: furthest(toys, 'downwards'),
      rule: greaterThan(0),
      expected: { full: 'refuted' },
      evidence: 'fig-toys',
      format: 'points2',
    },
  ];
}
