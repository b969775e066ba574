import { ParameterError, prelu, relu, rrelu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import {
  Network,
  activate,
  adam,
  adamW,
  alphaDropout,
  batchNorm,
  crossEntropy,
  dense,
  dropout,
  layerNorm,
  lsuv,
  meanSquaredError,
  mlp,
  rmsprop,
  sgd,
  train,
} from './index.ts';

const fitting = { inputs: 2, hidden: [3], outputs: 2, activation: relu };

/** What an attempt throws, or rejects with. */
async function refusal(attempt: () => unknown): Promise<unknown> {
  try {
    await attempt();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('an unknown option is refused with the nearest name', () => {
  const cases: readonly [string, () => unknown, RegExp][] = [
    ['mlp', () => mlp({ ...fitting, normalisation: 'batch' } as never), /not 'normalisation'.*'normalization'/],
    ['Network', () => new Network({ inputs: 2, layres: [] } as never), /not 'layres'.*'layers'/],
    ['train', () => train(small(), { ...common, data: clouds(4), batchsize: 3 } as never), /'batchsize'.*'batchSize'/],
    ['adam', () => adam({ learningRat: 1 } as never), /'learningRat'.*'learningRate'/],
    ['adamW', () => adamW({ weightdecay: 1 } as never), /'weightdecay'.*'weightDecay'/],
    ['rmsprop', () => rmsprop({ deacy: 0.9 } as never), /'deacy'.*'decay'/],
    ['sgd', () => sgd({ learningRate: 1, momentun: 0.9 } as never), /'momentun'.*'momentum'/],
    ['dropout', () => dropout({ p: 0.3 } as never), /takes rate, name, from, not 'p'/],
    ['alphaDropout', () => alphaDropout({ rat: 0.3 } as never), /'rat'.*'rate'/],
    ['batchNorm', () => batchNorm({ epsilom: 1 } as never), /'epsilom'.*'epsilon'/],
    ['layerNorm', () => layerNorm({ epsilom: 1 } as never), /'epsilom'.*'epsilon'/],
    ['dense', () => dense({ units: 3, weigths: 1 } as never), /'weigths'.*'weights'/],
    ['crossEntropy', () => crossEntropy({ activationpenalty: 1 } as never), /'activationpenalty'.*'activationPenalty'/],
    ['meanSquaredError', () => meanSquaredError({ penalty: 1 } as never), /takes activationPenalty, not 'penalty'/],
    ['lsuv', () => lsuv(small(), clouds(4), { row: 3 } as never), /'row'.*'rows'/],
  ];
  it.each(cases)('by %s', async (_, attempt, message) => {
    const error = await refusal(attempt);
    expect(error).toBeInstanceOf(ParameterError);
    expect((error as Error).message).toMatch(message);
  });
});

describe('a wrong value is refused with what would be right', () => {
  const cases: readonly [string, () => unknown, RegExp][] = [
    ['an initialiser by name', () => mlp({ ...fitting, weights: 'he-normal' as never }), /initializer\('he-normal'\)/],
    ['the same for one layer', () => dense({ units: 1, weights: 'he-normal' as never }), /initializer\('he-normal'\)/],
    ['no hidden layers', () => mlp({ inputs: 2, outputs: 2, activation: relu } as never), /hidden must be an array/],
    ['a width for hidden', () => mlp({ ...fitting, hidden: 3 as never }), /hidden must be an array, not 3/],
    ['an unknown normalisation', () => mlp({ ...fitting, normalization: 'group' as never }), /'layer', not 'group'/],
    ['a dropout of 1', () => mlp({ ...fitting, dropout: 1 }), /dropout must be at least 0 and below 1, not 1/],
    ['a NaN bias', () => dense({ units: 1, bias: NaN }), /bias .* must be a finite number, not NaN/],
    ['a rate of 1', () => alphaDropout({ rate: 1 }), /rate of alpha-dropout .* below 1, not 1/],
    ['a momentum above 1', () => batchNorm({ momentum: 1.5 }), /momentum .* at most 1, not 1.5/],
    ['an epsilon of 0', () => layerNorm({ epsilon: 0 }), /epsilon of layer norm .* not 0/],
    [
      'slopes of another kind',
      () => activate(prelu(), { slopes: 'layer' as never }),
      /'unit' or 'shared', not 'layer'/,
    ],
    ['a subgradient of PReLU', () => activate(prelu({ subgradient: 0.5 })), /subgradient of 0.5 has no meaning/],
    ['a subgradient of RReLU', () => activate(rrelu({ subgradient: 0.5 })), /subgradient of 0.5 has no meaning/],
    ['a beta of 1', () => adam({ beta2: 1 }), /beta2 must be at least 0 and below 1, not 1/],
    ['a negative decay', () => rmsprop({ weightDecay: -1 }), /weightDecay .* not -1/],
    ['a negative penalty', () => crossEntropy({ activationPenalty: -1 }), /activationPenalty .* not -1/],
    ['an array of numbers as rows', () => small().predict([1, 2] as never), /Float32Array .* not an array/],
    ['the same in a pass', () => small().forward([1, 2] as never), /Float32Array .* not an array/],
    ['no rows at all', () => small().predict(undefined as never), /Float32Array .* not undefined/],
    ['a backward pass before a forward pass', () => small().backward([1, 2]), /forward pass/],
    ['a bare backward pass before a forward pass', () => small().backpropagate(), /forward pass/],
    ['reading before a forward pass', () => small().output('relu1'), /before the first forward pass/],
    ['the gradient of the input', () => small().gradient('input'), /input is not kept/],
    ['a NaN seed', () => mlp({ ...fitting, seed: NaN }), /seed/],
  ];
  it.each(cases)('%s', async (_, attempt, message) => {
    const error = await refusal(attempt);
    expect(error).toBeInstanceOf(ParameterError);
    expect((error as Error).message).toMatch(message);
  });
});
