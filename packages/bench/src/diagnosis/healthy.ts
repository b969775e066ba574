import {
  type Activation,
  type ActivationName,
  type Dataset,
  activation,
  activationNames,
  initializer,
  takeRows,
} from '@relu-lab/core';
import { blobs, circles, loadMnist, sampleFunction, spirals, twoMoons } from '@relu-lab/datasets';
import {
  type LayerDefinition,
  Network,
  activate,
  adam,
  add,
  batchNorm,
  crossEntropy,
  dense,
  evaluate,
  layerNorm,
  meanSquaredError,
  mlp,
  recommendedInitializer,
  train,
} from '@relu-lab/nn';
import type { Case } from './case.ts';
import { standardised } from './samples.ts';

/**
 * Hidden layers through which an activation's own initialiser passes a gradient (six depth scales of 1/−ln χ₁ layers): sigmoid loses a
 * factor of 18 of its square a layer, hard sigmoid 36, softplus 3.4.
 */
function deepest(name: ActivationName): number {
  return { sigmoid: 2, 'hard-sigmoid': 2, softplus: 2 }[name as string] ?? 6;
}

const digits = loadMnist();

/** 1000 digits. */
export async function someDigits(): Promise<Dataset> {
  return takeRows((await digits).train, 1000);
}

const toys: readonly ((seed: number) => Dataset)[] = [
  (seed) => standardised(twoMoons({ samples: 400, seed })),
  (seed) => standardised(blobs({ samples: 400, features: 8, classes: 4, seed })),
  (seed) => standardised(circles({ samples: 400, seed })),
  (seed) => standardised(sampleFunction({ f: 'absolute', seed })),
  (seed) => standardised(blobs({ samples: 400, features: 2, classes: 3, seed })),
  (seed) => standardised(twoMoons({ samples: 60, seed })),
  (seed) => standardised(sampleFunction({ f: 'sine', seed })),
  (seed) => standardised(spirals({ samples: 400, seed })),
];

function outputsFor({ classes, targets, rows }: Dataset): number {
  return classes ?? targets.length / rows;
}

/** The share of a constant answer's loss below which a network counts as having learned. */
const learned = 0.4;

/**
 * Trains until the loss is well below that of a constant answer, for `epochs` epochs at least and ten times as many at most; null when it is
 * not by then, or the training diverges: such a network is not known to be healthy.
 */
async function trained(network: Network, data: Dataset, epochs: number, seed: number): Promise<Network | null> {
  const loss = data.targets instanceof Int32Array ? crossEntropy() : meanSquaredError();
  const optimizer = adam({ learningRate: 0.001 });
  for (let round = 0; round < 10; round++) {
    const run = await train(network, { data, loss, optimizer, epochs, seed: seed + 1000 * round });
    if (run.status !== 'completed') return null;
    if (evaluate(network, data, loss).loss < learned * constantLoss(data)) return network;
  }
  return null;
}

/** Of the best answer that does not look at the input. */
function constantLoss({ targets, rows, classes = 0 }: Dataset): number {
  if (targets instanceof Float32Array) {
    const mean = targets.reduce((sum, t) => sum + t, 0) / targets.length;
    return targets.reduce((sum, t) => sum + (t - mean) ** 2, 0) / targets.length;
  }
  const counts = Array.from({ length: classes }, (_, c) => targets.filter((label) => label === c).length / rows);
  return counts.reduce((sum, share) => sum - (share === 0 ? 0 : share * Math.log(share)), 0);
}

interface Kind {
  readonly name: string;
  readonly make: (data: Dataset, seed: number) => Network;
}

const withinMlp = (named: Activation, hidden: readonly number[], more: object = {}): Kind['make'] => {
  return (data, seed) =>
    mlp({ inputs: data.features, hidden, outputs: outputsFor(data), activation: named, seed, ...more });
};

/** Every activation with the initialiser that it is made for, shallow and as deep as that allows, narrow and wide. */
function plainKinds(): readonly Kind[] {
  return activationNames.flatMap((name) => {
    const named: Activation = activation(name);
    const depth = deepest(name);
    return [
      { name: `${name} [32, 32]`, make: withinMlp(named, [32, 32]) },
      {
        name: `${name} ${depth} × 64`,
        make: withinMlp(named, new Array<number>(depth).fill(64)),
      },
    ];
  });
}

function otherKinds(): readonly Kind[] {
  const relu = activation('relu');
  return [
    { name: 'relu 20 × 64', make: withinMlp(relu, new Array<number>(20).fill(64)) },
    { name: 'relu 30 × 128', make: withinMlp(relu, new Array<number>(30).fill(128)) },
    { name: 'leaky-relu 20 × 64', make: withinMlp(activation('leaky-relu'), new Array<number>(20).fill(64)) },
    { name: 'tanh 16 × 64', make: withinMlp(activation('tanh'), new Array<number>(16).fill(64)) },
    { name: 'selu 16 × 128', make: withinMlp(activation('selu'), new Array<number>(16).fill(128)) },
    {
      name: 'relu, batch norm, 6 × 64',
      make: withinMlp(relu, new Array<number>(6).fill(64), { normalization: 'batch' }),
    },
    {
      name: 'relu, layer norm, 12 × 64',
      make: withinMlp(relu, new Array<number>(12).fill(64), { normalization: 'layer' }),
    },
    {
      name: 'gelu, layer norm, 8 × 64',
      make: withinMlp(activation('gelu'), new Array<number>(8).fill(64), { normalization: 'layer' }),
    },
    {
      name: 'tanh, batch norm, 4 × 64',
      make: withinMlp(activation('tanh'), new Array<number>(4).fill(64), { normalization: 'batch' }),
    },
    { name: 'relu, dropout, [64, 64]', make: withinMlp(relu, [64, 64], { dropout: 0.3 }) },
    { name: 'selu, alpha dropout, [64, 64]', make: withinMlp(activation('selu'), [64, 64], { dropout: 0.1 }) },
    { name: 'relu, lopsided [128, 16, 64]', make: withinMlp(relu, [128, 16, 64]) },
    {
      name: 'relu, PyTorch default, [64, 64]',
      make: withinMlp(relu, [64, 64], { weights: initializer('pytorch-default') }),
    },
    {
      name: 'tanh, Keras default, [64, 64]',
      make: withinMlp(activation('tanh'), [64, 64], { weights: initializer('keras-default') }),
    },
    {
      name: 'relu, orthogonal √2, 6 × 64',
      make: withinMlp(relu, new Array<number>(6).fill(64), {
        weights: initializer('orthogonal', { gain: Math.SQRT2 }),
      }),
    },
    { name: 'residual, batch norm, 8 blocks', make: residual(8, 'batch') },
    { name: 'residual, layer norm, 8 blocks', make: residual(8, 'layer') },
    { name: 'residual, 4 blocks', make: residual(4, 'none') },
    { name: 'residual, zero branches, 16 blocks', make: residual(16, 'zero') },
  ];
}

/** A stem, pre-activation blocks x + W φ(norm(x)), and a dense head. */
function residual(blocks: number, norm: 'batch' | 'layer' | 'none' | 'zero'): Kind['make'] {
  const relu = activation('relu');
  return (data, seed) => {
    const layers: LayerDefinition[] = [dense({ units: 64, name: 'stem', weights: recommendedInitializer(relu) })];
    let stream = 'stem';
    for (let block = 1; block <= blocks; block++) {
      if (norm === 'batch') layers.push(batchNorm({ name: `norm${block}`, from: stream }));
      if (norm === 'layer') layers.push(layerNorm({ name: `norm${block}`, from: stream }));
      const normed = norm === 'batch' || norm === 'layer';
      layers.push({ ...activate(relu), name: `phi${block}`, from: normed ? `norm${block}` : stream });
      const weights = norm === 'zero' ? initializer('zeros') : recommendedInitializer(relu);
      layers.push(dense({ units: 64, name: `branch${block}`, weights }));
      layers.push(add({ name: `sum${block}`, from: [`branch${block}`, stream] }));
      stream = `sum${block}`;
    }
    layers.push(dense({ units: outputsFor(data), name: 'head' }));
    return new Network({ inputs: data.features, layers, seed });
  };
}

/**
 * Networks with nothing wrong: at initialisation and after healthy training, on toy data and on digits. One of each seed.
 */
export function healthyCases(seeds: readonly number[]): readonly Case[] {
  const kinds = [...plainKinds(), ...otherKinds()];
  return kinds.flatMap(({ name, make }, k) =>
    seeds.flatMap((seed): readonly Case[] => {
      const toy = toys[(k + seed) % toys.length](seed);
      const options = { optimizer: adam({ learningRate: 0.001 }) };
      const onToy = `${name}, ${toy.name}, seed ${seed}`;
      const onDigits = `${name}, digits, seed ${seed}`;
      const prepare = async (data: Dataset, epochs: number): ReturnType<Case['make']> => {
        const network = make(data, seed);
        const healthy = epochs === 0 ? network : await trained(network, data, epochs, seed);
        return healthy && { network: healthy, data, options };
      };
      return [
        { illness: null, expected: [], name: `${onToy}, untrained`, make: () => prepare(toy, 0) },
        { illness: null, expected: [], name: `${onToy}, trained`, make: () => prepare(toy, 40) },
        {
          illness: null,
          expected: [],
          name: `${onDigits}, untrained`,
          make: async () => prepare(await someDigits(), 0),
        },
        { illness: null, expected: [], name: `${onDigits}, trained`, make: async () => prepare(await someDigits(), 5) },
      ];
    }),
  );
}
