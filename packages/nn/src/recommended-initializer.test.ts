import { activation, activationNames, leakyRelu, prelu, rrelu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { recommendedInitializer } from './index.ts';

const fanIn = 100;
const fanOut = 50;
const he = (slope: number): number => 2 / (1 + slope ** 2) / fanIn;
const lecun = 1 / fanIn;
const xavier = 2 / (fanIn + fanOut);

/** By activation with its default parameters: the rule's name and the variance of one weight. */
const table: Readonly<Record<(typeof activationNames)[number], readonly [string, number]>> = {
  relu: ['he-normal', he(0)],
  relu6: ['he-normal', he(0)],
  'leaky-relu': ['he-normal', he(0.01)],
  prelu: ['he-normal', he(0.25)],
  rrelu: ['he-normal', he(11 / 48)],
  elu: ['he-normal', he(0)],
  celu: ['he-normal', he(0)],
  selu: ['lecun-normal', lecun],
  gelu: ['he-normal', he(0)],
  silu: ['he-normal', he(0)],
  mish: ['he-normal', he(0)],
  softplus: ['xavier-normal', xavier],
  sigmoid: ['xavier-normal', xavier],
  tanh: ['xavier-normal', xavier],
  'hard-sigmoid': ['xavier-normal', xavier],
  'hard-swish': ['he-normal', he(0)],
  abs: ['xavier-normal', xavier],
  identity: ['xavier-normal', xavier],
  maxout: ['lecun-normal', lecun],
};

describe('recommendedInitializer', () => {
  it.each(activationNames)('of %s is the one of its literature', (name) => {
    const rule = recommendedInitializer(activation(name));
    const [expected, variance] = table[name];
    expect(rule.name).toBe(expected);
    expect(rule.variance(fanIn, fanOut)).toBeCloseTo(variance, 14);
  });

  it('takes the slope of the negative side into account', () => {
    for (const given of [leakyRelu({ alpha: 0.5 }), prelu({ alpha: 0.5 }), rrelu({ lower: 0.25, upper: 0.75 })]) {
      expect(recommendedInitializer(given).variance(fanIn, fanOut)).toBeCloseTo(he(0.5), 14);
    }
  });
});
