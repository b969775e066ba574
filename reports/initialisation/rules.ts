import type { InitSensitivityParameters } from '@relu-lab/analysis';
import { deep, middle, patience, shallow } from './design.ts';

/** ReLU under every rule, tanh under its own, and those that look like ReLU under ReLU’s. */
export const rules = [
  { activation: 'relu', initializer: 'he-normal' },
  { activation: 'relu', initializer: 'xavier-normal' },
  { activation: 'relu', initializer: 'pytorch-default' },
  { activation: 'tanh', initializer: 'xavier-normal' },
  { activation: 'gelu', initializer: 'he-normal' },
  { activation: 'silu', initializer: 'he-normal' },
] as const;
export const batchSize = 32;

interface Training {
  readonly width: number;
  readonly digits: number;
  readonly epochs: number;
}

export function initialConditions(training: Training, learningRate: number): readonly InitSensitivityParameters[] {
  return rules.flatMap((rule) =>
    [shallow, middle, deep].map((depth) => ({ ...rule, depth, ...howTrained(training, learningRate) })),
  );
}

/** The deep ReLU network in a brief time, from He's and from Xavier's weights, and from Xavier's in a longer one. */
export function timedConditions(
  { briefEpochs, ...training }: Training & { readonly briefEpochs: number },
  learningRate: number,
): Readonly<Record<'brief' | 'long', readonly InitSensitivityParameters[]>> {
  const condition = (initializer: 'he-normal' | 'xavier-normal', epochs: number): InitSensitivityParameters => ({
    ...{ activation: 'relu', initializer, depth: deep },
    ...howTrained({ ...training, epochs }, learningRate),
  });
  return {
    brief: [condition('he-normal', briefEpochs), condition('xavier-normal', briefEpochs)],
    long: [condition('xavier-normal', patience * briefEpochs)],
  };
}

function howTrained({ width, digits, epochs }: Training, learningRate: number) {
  return { width, data: { name: 'mnist' as const, samples: digits }, epochs, batchSize, learningRate };
}
