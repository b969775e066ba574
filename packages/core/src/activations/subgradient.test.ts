import { describe, expect, it } from 'vitest';
import {
  abs,
  elu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  prelu,
  relu,
  relu6,
  relu6With,
  reluWith,
  rrelu,
  selu,
} from './catalogue.ts';

describe('the subgradient at a kink', () => {
  it('is 0 for ReLU and ReLU6 by default', () => {
    expect(relu.derivative(0)).toBe(0);
    expect(relu6.derivative(0)).toBe(0);
    expect(relu6.derivative(6)).toBe(0);
  });

  it('is the share s of the way from the smaller slope to the larger', () => {
    expect(reluWith({ subgradient: 0.5 }).derivative(0)).toBe(0.5);
    expect(reluWith({ subgradient: 1 }).derivative(0)).toBe(1);
    expect(relu6With({ subgradient: 0.25 }).kinks.map(relu6With({ subgradient: 0.25 }).derivative)).toEqual([
      0.25, 0.25,
    ]);
    expect(leakyRelu({ alpha: 0.2, subgradient: 0.5 }).derivative(0)).toBeCloseTo(0.6, 15);
    expect(leakyRelu({ alpha: 3, subgradient: 0.5 }).derivative(0)).toBe(2);
    expect(leakyRelu({ alpha: -1, subgradient: 0.5 }).derivative(0)).toBe(0);
    expect(rrelu({ lower: 0, upper: 1, subgradient: 0.5 }).derivative(0)).toBe(0.75);
  });

  it('is α for leaky ReLU and PReLU by default, and 1 for a slope above 1', () => {
    expect(leakyRelu().derivative(0)).toBe(0.01);
    expect(prelu().derivative(0)).toBe(0.25);
    expect(leakyRelu({ alpha: 3 }).derivative(0)).toBe(1);
  });

  it('is what each of the others says', () => {
    expect(abs.derivative(0)).toBe(0);
    expect(elu({ alpha: 1.7 }).derivative(0)).toBe(1.7);
    expect(selu.derivative(0)).toBeCloseTo(1.0507009873554804934 * 1.6732632423543772848, 15);
    expect(hardSigmoid.kinks.map(hardSigmoid.derivative)).toEqual([0, 0]);
    expect(hardSwish.kinks.map(hardSwish.derivative)).toEqual([-0.5, 1.5]);
  });

  it('takes the output for the input only where the output tells the derivative', () => {
    expect(relu.derivativeFromOutput).toBeDefined();
    expect(reluWith({ subgradient: 0.5 }).derivativeFromOutput).toBeUndefined();
    expect(relu6.derivativeFromOutput).toBeDefined();
    expect(relu6With({ subgradient: 0.5 }).derivativeFromOutput).toBeUndefined();
    expect(leakyRelu().derivativeFromOutput).toBeDefined();
    expect(leakyRelu({ alpha: 0 }).derivativeFromOutput).toBeDefined();
    expect(leakyRelu({ alpha: 0, subgradient: 0.5 }).derivativeFromOutput).toBeUndefined();
    expect(leakyRelu({ alpha: -0.1 }).derivativeFromOutput).toBeUndefined();
    expect(leakyRelu({ alpha: 0.1, subgradient: 1 }).derivativeFromOutput).toBeUndefined();
  });
});
