import { type Activation, type Dataset, activation, initializer } from '@relu-lab/core';
import { blobs, spirals, twoMoons } from '@relu-lab/datasets';
import type { DiagnoseOptions } from '@relu-lab/analysis';
import { Network, mlp } from '@relu-lab/nn';
import type { Prepared } from '../case.ts';
import { someDigits } from '../healthy.ts';
import { standardised } from '../samples.ts';

export const moons = (seed: number): Dataset => standardised(twoMoons({ samples: 400, seed }));
export const spiral = (seed: number): Dataset => standardised(spirals({ samples: 400, seed }));
export const blob = (seed: number): Dataset => standardised(blobs({ samples: 400, features: 8, classes: 4, seed }));
export const relu: Activation = activation('relu');

interface Shape {
  readonly activation?: Activation;
  readonly hidden: readonly number[];
}

export const times = (count: number, width: number): readonly number[] => new Array<number>(count).fill(width);

export function net(
  data: Dataset,
  seed: number,
  { activation: named = relu, hidden }: Shape,
  more: object = {},
): Network {
  const outputs = data.classes ?? data.targets.length / data.rows;
  return mlp({ inputs: data.features, hidden, outputs, activation: named, seed, ...more });
}

/** Changes parameters in place. */
export function damage(network: Network, change: (values: Float32Array, name: string, role: string) => void): Network {
  for (const { name, role } of network.parameters) {
    const values = network.parameterValues(name);
    change(values, name, role);
    network.setParameter(name, values);
  }
  return network;
}

/** A network and data as a variant. */
export function patient(data: Dataset, network: Network, options?: DiagnoseOptions): Prepared {
  return { network, data, ...(options && { options }) };
}

export const normal = (deviation: number): object => ({ weights: initializer('normal', { deviation }) });

/** A network on digits as a variant. */
export async function onDigits(seed: number, shape: Shape, more: object = {}): Promise<Prepared> {
  const data = await someDigits();
  return patient(data, net(data, seed, shape, more));
}
