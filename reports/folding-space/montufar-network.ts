import { paperFoldingNetwork } from '@relu-lab/analysis';
import { relu } from '@relu-lab/core';
import { Network, activate, dense } from '@relu-lab/nn';

/** Directions (degrees) and distances from the middle of the square of the last layer's four lines. */
const lines = [
  { degrees: 10, offset: 0.1 },
  { degrees: 130, offset: 0.1 },
  { degrees: 250, offset: 0.1 },
  { degrees: 40, offset: -0.03 },
] as const;

/**
 * Montúfar's construction for two inputs and four units a layer: all hidden layers but the last fold the unit square onto itself, and the
 * last one draws four lines in general position on the folded square, 11 regions, which unfolding repeats in each of the 4^(layers − 1)
 * copies. The three first directions go round, so that no part of the square has all units off; the output's weights keep mirrored
 * copies apart.
 */
export function montufarNetwork(layers: number): Network {
  const folds = layers - 1;
  const network = new Network({
    inputs: 2,
    layers: [
      ...Array.from({ length: folds }, (_, i) => [
        dense({ units: 4, name: `crease${i + 1}` }),
        activate(relu),
        dense({ units: 2, name: `fold${i + 1}` }),
      ]).flat(),
      dense({ units: 4, name: 'lines' }),
      activate(relu),
      dense({ units: 1, name: 'sum' }),
    ],
  });
  if (folds > 0) copyFolds(paperFoldingNetwork({ folds }), network);
  const normals = lines.map(({ degrees }) => [
    Math.cos((degrees * Math.PI) / 180),
    Math.sin((degrees * Math.PI) / 180),
  ]);
  network.setParameter('lines.weight', normals.flat());
  network.setParameter(
    'lines.bias',
    lines.map(({ offset }, i) => offset - (normals[i][0] + normals[i][1]) / 2),
  );
  network.setParameter('sum.weight', [1, 1.3, 0.7, 0.9]);
  network.setParameter('sum.bias', [0]);
  return network;
}

function copyFolds(from: Network, to: Network): void {
  for (const { name } of from.layers.flatMap(({ parameters }) => parameters)) {
    const { offset, length } = from.parameter(name);
    to.setParameter(name, from.arena.values.subarray(offset, offset + length));
  }
}
