import { DataError, ParameterError, ShapeError, relu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import { meanSquaredError, mlp, sgd, train } from './index.ts';

describe('train refuses', () => {
  const data = clouds(16);
  const refusals: readonly [string, () => Promise<unknown>, new (message: string) => Error, RegExp][] = [
    ['no epochs', () => train(small(), { ...common, data, epochs: 0 }), ParameterError, /epochs .* not 0/],
    ['half a row', () => train(small(), { ...common, data, batchSize: 0.5 }), ParameterError, /batchSize .* not 0.5/],
    ['a NaN rate', async () => sgd({ learningRate: NaN }), ParameterError, /learningRate .* not NaN/],
    ['Nesterov alone', async () => sgd({ learningRate: 1, nesterov: true }), ParameterError, /momentum/],
    [
      'other features',
      () => train(mlp({ inputs: 3, hidden: [], outputs: 2, activation: relu }), { ...common, data }),
      ShapeError,
      /'clouds' has 2 features a row; the network takes 3/,
    ],
    [
      'too few outputs',
      () => train(mlp({ inputs: 2, hidden: [], outputs: 1, activation: relu }), { ...common, data }),
      ShapeError,
      /2 classes; the network has 1 outputs/,
    ],
    [
      'a label out of range',
      () =>
        train(small(), {
          ...common,
          data: { ...data, targets: data.targets.map((t, i) => (i === 3 ? 7 : t)) as Int32Array },
        }),
      DataError,
      /7/,
    ],
    [
      'a loss for values on classes',
      () => train(small(), { ...common, data, loss: meanSquaredError() }),
      ParameterError,
      /use crossEntropy\(\)/,
    ],
    [
      'something that is no optimiser',
      () => train(small(), { ...common, data, optimizer: sgd as never }),
      ParameterError,
      /sgd\(\{ learningRate/,
    ],
  ];
  it.each(refusals)('%s', async (_, attempt, type, message) => {
    const refusal = await attempt().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(type);
    expect((refusal as Error).message).toMatch(message);
  });
});
