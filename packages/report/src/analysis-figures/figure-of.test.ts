import { deadUnits, gradientFlow, sparsity } from '@relu-lab/analysis';
import { ParameterError, random, relu } from '@relu-lab/core';
import { crossEntropy, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { checkFigure } from '../figures/figure.ts';
import { renderSvg } from '../static-figure.ts';
import { type DrawableResult, figureOf } from './figure-of.ts';

const inputs = new Float32Array(60 * 3);
random(1).stream('inputs').fillNormal(inputs);
const data = {
  name: 'noise',
  rows: 60,
  features: 3,
  classes: 2,
  inputs,
  targets: Int32Array.from({ length: 60 }, (_, i) => i % 2),
};
const network = mlp({ inputs: 3, hidden: [8, 6], outputs: 2, activation: relu, seed: 1 });

const results: readonly DrawableResult[] = [
  sparsity(network, data),
  deadUnits(network, data),
  gradientFlow(network, { ...data, loss: crossEntropy() }),
];

describe('figureOf', () => {
  it.each(results.map((result) => [result.kind, result] as const))('draws %s', async (_, result) => {
    const figure = checkFigure(figureOf(result));
    expect(await renderSvg(figure)).toMatch(/<svg[^]*<\/svg>/);
  });

  it('has the numbers of the result in its table', () => {
    const [zeros, dead, flow] = results.map((result) => figureOf(result).table);
    const found = sparsity(network, data);
    expect(zeros.map(({ zeroFraction }) => zeroFraction)).toEqual(found.layers.map(({ zeroFraction }) => zeroFraction));
    expect(dead.map(({ units }) => units)).toEqual([8, 6]);
    expect(flow.map(({ layer }) => layer)).toEqual(['dense1', 'dense2', 'dense3']);
  });

  it('names the kinds that it knows for any other value', () => {
    for (const [value, message] of [
      [{ kind: 'sparsty' }, "the kind 'sparsty' (did you mean 'sparsity'?); there are figures for dead-units"],
      [{}, 'a value without a kind'],
      [null, 'a value without a kind'],
    ] as const) {
      expect(() => figureOf(value as never)).toThrow(ParameterError);
      expect(() => figureOf(value as never)).toThrow(message);
    }
  });
});
