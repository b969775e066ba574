import {
  type Activation,
  type ActivationName,
  Arena,
  type Backend,
  type ElementwiseActivation,
  ParameterError,
  activation as activationByName,
  createBackend,
  random,
} from '@relu-lab/core';

export interface KernelTimingOptions {
  /** Elementwise activations, by name. */
  readonly activations: readonly ActivationName[];
  /** Elements of an array. */
  readonly elements: number;
  /** Rounds that count; one more comes before them. */
  readonly rounds: number;
  /** Passes over the array in a round. */
  readonly passes: number;
}

/** Nanoseconds an element, in one round. */
export interface KernelTiming {
  readonly activation: ActivationName;
  /** From 1 on. */
  readonly round: number;
  readonly forward: number;
  readonly backward: number;
  /** Of a copy of the same array. */
  readonly copy: number;
}

/** What was timed, on which kernels. */
export interface KernelTimings {
  readonly backend: string;
  readonly build: string;
  readonly timings: readonly KernelTiming[];
}

/**
 * Times the kernels of activations, forward and backward, on normal numbers in one thread: round by round, a copy and every activation
 * in turn, so that what the machine does meanwhile meets them all.
 *
 * @throws ParameterError for maxout, which is not elementwise: it multiplies the weights.
 */
export function timeKernels({ activations, elements, rounds, passes }: KernelTimingOptions): KernelTimings {
  const functions = activations.map((name) => elementwise(activationByName(name)));
  const bench = new KernelBench(elements, passes);
  // The first round warms up.
  const timed = Array.from({ length: rounds + 1 }, () => bench.round(functions)).slice(1);
  return {
    backend: bench.backend.name,
    build: bench.backend.build,
    timings: timed.flatMap(({ copy, passes: times }, i) =>
      times.map((time, at) => ({ activation: activations[at], round: i + 1, ...time, copy })),
    ),
  };
}

function elementwise(activation: Activation): ElementwiseActivation {
  if (activation.kind === 'elementwise') return activation;
  throw new ParameterError(
    'maxout is not elementwise: its cost is that of its pieces times the weights; time training steps of networks with it (timeSteps)',
  );
}

/** Nanoseconds an element of one round. */
interface Round {
  readonly copy: number;
  readonly passes: readonly { readonly forward: number; readonly backward: number }[];
}

/** Arrays in one arena, and the clock. */
class KernelBench {
  readonly backend: Backend;
  readonly #elements: number;
  readonly #passes: number;
  readonly #x: number;
  readonly #y: number;
  readonly #upstream: number;
  readonly #out: number;

  constructor(elements: number, passes: number) {
    const arena = new Arena();
    this.backend = createBackend(arena);
    this.#elements = elements;
    this.#passes = passes;
    [this.#x, this.#y, this.#upstream, this.#out] = Array.from({ length: 4 }, () => arena.allocate(elements));
    const drawn = new Float32Array(elements);
    for (const offset of [this.#x, this.#upstream]) {
      random(offset).stream('activation cost').fillNormal(drawn);
      arena.write(offset, drawn);
    }
  }

  round(activations: readonly ElementwiseActivation[]): Round {
    const { backend } = this;
    const copy = this.#time(() => backend.copy(this.#y, this.#x, this.#elements));
    const passes = activations.map((phi) => ({
      forward: this.#time(() => backend.activationForward(phi, this.#x, this.#y, this.#elements)),
      backward: this.#time(() =>
        backend.activationBackward(phi, this.#x, this.#y, this.#upstream, this.#out, this.#elements),
      ),
    }));
    return { copy, passes };
  }

  #time(pass: () => void): number {
    const begun = performance.now();
    for (let i = 0; i < this.#passes; i++) pass();
    return ((performance.now() - begun) * 1e6) / (this.#passes * this.#elements);
  }
}
