import {
  Arena,
  type BackendName,
  type ElementwiseActivation,
  activation,
  activationNames,
  createBackend,
  random,
} from '@relu-lab/core';
import type { Benchmark } from './benchmark.ts';
import type { Contender } from './compare.ts';

/** An activation over an array of `length` numbers, or its derivative there times an upstream gradient. */
interface ElementwiseTask {
  readonly activation: ElementwiseActivation;
  readonly direction: 'forward' | 'backward';
  readonly length: number;
}

/** Who computes; another engine is one more line. */
const contenders: readonly ((task: ElementwiseTask) => Contender)[] = [
  (task) => ours(task, 'wasm'),
  (task) => ours(task, 'reference'),
];

const lengths = [1e4, 1e6];

/** Forward reads one array and writes one; backward reads two (upstream, and x or φ(x)) and writes one. */
const bytesPerElement = { forward: 8, backward: 12 };

const rng = random(1).stream('numbers');
/** Standard normal numbers, which all tasks take their arrays from. */
const numbers = Float32Array.from({ length: 2 * Math.max(...lengths) }, () => rng.normal());

/** Every elementwise activation of the catalogue, forward and backward, over arrays that fit a cache and arrays that do not. */
export function elementwiseActivations(): readonly (() => Benchmark)[] {
  const activations = activationNames.map((name) => activation(name)).filter((found) => found.kind === 'elementwise');
  return activations.flatMap((phi) =>
    lengths.flatMap((length) => [
      () => benchmark({ activation: phi, direction: 'forward', length }),
      () => benchmark({ activation: phi, direction: 'backward', length }),
    ]),
  );
}

function benchmark(task: ElementwiseTask): Benchmark {
  return {
    name: `${task.activation.name} ${task.direction}`,
    size: { n: task.length },
    contenders: contenders.map((create) => create(task)),
    rate: { amount: bytesPerElement[task.direction] * task.length, unit: 'GB/s' },
  };
}

function ours({ activation: phi, direction, length }: ElementwiseTask, name: BackendName): Contender {
  const arena = new Arena();
  const backend = createBackend(arena, name);
  const [x, y, upstream, out] = [0, 1, 2, 3].map(() => arena.allocate(length));
  arena.write(x, numbers.subarray(0, length));
  arena.write(upstream, numbers.subarray(numbers.length - length));
  backend.activationForward(phi, x, y, length);
  return {
    name,
    run:
      direction === 'forward'
        ? () => backend.activationForward(phi, x, y, length)
        : () => backend.activationBackward(phi, x, y, upstream, out, length),
  };
}
