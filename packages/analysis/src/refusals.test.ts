import { DataError, ParameterError, relu } from '@relu-lab/core';
import { crossEntropy, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import * as analysis from './index.ts';

const network = mlp({ inputs: 2, hidden: [3], outputs: 2, activation: relu });
const square = {
  name: 'the corners of a square',
  rows: 4,
  features: 2,
  classes: 2,
  inputs: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1),
  targets: Int32Array.of(0, 1, 1, 0),
};
const nothing = undefined as never;
const somethingElse = { inputs: 2, layers: 3 } as never;

const onData = {
  sparsity: (net, data) => analysis.sparsity(net, data),
  deadUnits: (net, data) => analysis.deadUnits(net, data),
  saturation: (net, data) => analysis.saturation(net, data),
  diagnose: (net, data) => analysis.diagnose(net, data),
  unitTimeline: (net, data) => analysis.unitTimeline(net, data),
  preActivationHistograms: (net, data) => analysis.preActivationHistograms(net, data),
  gradientFlow: (net, data) => analysis.gradientFlow(net, data),
} satisfies Record<string, (network: never, data: never) => unknown>;

const onInputs = {
  linearRegionsOnLine: (net) => analysis.linearRegionsOnLine(net, { from: [0, 0], to: [1, 1] }),
  linearRegionsOnPlane: (net) => analysis.linearRegionsOnPlane(net, { origin: [0, 0], u: [1, 0], v: [0, 1] } as never),
  foldMap: (net) => analysis.foldMap(net, { from: [0, 0], to: [1, 1] }),
  regionsUnderNoise: (net) => analysis.regionsUnderNoise(net, { from: [0, 0], to: [1, 1] }),
  regionCountsDuringTraining: (net) => analysis.regionCountsDuringTraining(net, { from: [0, 0], to: [1, 1] }),
} satisfies Record<string, (network: never) => unknown>;

describe('what is no network', () => {
  it.each(Object.entries({ ...onData, ...onInputs }))('is refused by %s', (_name, call) => {
    for (const value of [nothing, null as never, somethingElse]) {
      expect(() => call(value, {} as never)).toThrow(ParameterError);
      expect(() => call(value, {} as never)).toThrow('A network is asked for, such as mlp({ … }) makes');
    }
  });
});

describe('what is no data set', () => {
  it.each(Object.entries(onData))('is refused by %s', (_name, call) => {
    for (const value of [nothing, null as never]) {
      expect(() => call(network as never, value)).toThrow(DataError);
      expect(() => call(network as never, value)).toThrow('{ name, rows, features, inputs, targets }');
    }
  });

  it('is refused by coordinateCheck, as is what is no parametrization', async () => {
    const options = { loss: crossEntropy() };
    await expect(analysis.coordinateCheck(options as never)).rejects.toThrow(DataError);
    await expect(analysis.coordinateCheck({ ...options, data: square } as never)).rejects.toThrow(
      /^parametrization of coordinateCheck must be one such as/,
    );
  });
});
