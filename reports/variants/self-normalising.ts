import { type InitializerName, initializer, random, selu, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type LayerDefinition, Network, activate, alphaDropout, dense, dropout } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';
import { outputsOf } from './on-digits.ts';

/** How the pixels of a digit come in: of mean 0 and variance 1 over all digits, from 0 to 1, or from 0 to 255. */
export type Pixels = 'standardised' | 'from 0 to 1' | 'from 0 to 255';

export interface SignalsCondition {
  /** What the condition is called. */
  readonly name: string;
  readonly weights: InitializerName;
  readonly pixels: Pixels;
  /** Behind each activation. */
  readonly dropout: 'none' | 'ordinary' | 'alpha';
  /** Hidden layers, and units of each. */
  readonly depth: number;
  readonly width: number;
  readonly digits: number;
}

/** SELU as its paper asks for it, and with one condition at a time broken. */
export const signalConditions: readonly Pick<SignalsCondition, 'name' | 'weights' | 'pixels' | 'dropout'>[] = [
  { name: 'as asked for', weights: 'lecun-normal', pixels: 'standardised', dropout: 'none' },
  { name: 'pixels from 0 to 1', weights: 'lecun-normal', pixels: 'from 0 to 1', dropout: 'none' },
  { name: 'pixels from 0 to 255', weights: 'lecun-normal', pixels: 'from 0 to 255', dropout: 'none' },
  { name: 'He weights', weights: 'he-normal', pixels: 'standardised', dropout: 'none' },
  { name: 'PyTorch weights', weights: 'pytorch-default', pixels: 'standardised', dropout: 'none' },
  { name: 'ordinary dropout', weights: 'lecun-normal', pixels: 'standardised', dropout: 'ordinary' },
  { name: 'alpha dropout', weights: 'lecun-normal', pixels: 'standardised', dropout: 'alpha' },
];

/** The share that dropout takes. */
export const dropoutRate = 0.1;

let mnist: ReturnType<typeof loadMnist> | undefined;

/**
 * Follows mean and variance of the activations of a deep SELU network, before any training, over units and digits: one row of kind
 * `signals` a layer; layer 0 is the input.
 */
export async function followSignals(condition: SignalsCondition, seed: number): Promise<readonly Row[]> {
  mnist ??= loadMnist();
  const { name, depth, width, weights } = condition;
  const data = takeRows((await mnist).test, condition.digits);
  const network = new Network({
    inputs: data.features,
    layers: Array.from({ length: depth }, (_, i) => hiddenLayer(condition, `a${i + 1}`)).flat(),
    seed: random(seed)
      .stream(`signals, ${weights}`)
      .integer(2 ** 31),
  });
  const inputs = withPixels(data.inputs, condition.pixels);
  network.forward(inputs, { mode: 'training' });
  return Array.from({ length: depth + 1 }, (_, layer) => {
    const outputs = layer === 0 ? inputs : network.output(`a${layer}`);
    const { mean, variance } = outputsOf(outputs, layer === 0 ? data.features : width);
    return { kind: 'signals', condition: name, layer, seed, mean, variance };
  });
}

function hiddenLayer({ width, weights, dropout: kind }: SignalsCondition, name: string): readonly LayerDefinition[] {
  const before = dense({ units: width, weights: initializer(weights) });
  if (kind === 'none') return [before, activate(selu, { name })];
  const options = { rate: dropoutRate, name };
  return [before, activate(selu), kind === 'alpha' ? alphaDropout(options) : dropout(options)];
}

/** The mean and deviation of MNIST's pixels, as shares of 255, that standardised digits have lost. */
const ofPixels = { mean: 0.1307, deviation: 0.3081 } as const;

function withPixels(standardised: Float32Array, pixels: Pixels): Float32Array {
  if (pixels === 'standardised') return standardised;
  const scale = pixels === 'from 0 to 255' ? 255 : 1;
  return standardised.map((x) => scale * (x * ofPixels.deviation + ofPixels.mean));
}
