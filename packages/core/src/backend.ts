import type { ElementwiseActivation } from './activation.ts';
import type { Arena } from './arena.ts';

/** Slowest first. `native` is there where the package `@relu-lab/native` is installed and built. */
export type BackendName = 'reference' | 'wasm' | 'native';

/**
 * Builds of the compiled kernels, from one source. `simd` gives the same bytes on every machine. `relaxed-simd` multiplies
 * and adds in one instruction where the processor has it: faster, and as exact, but the last bits depend on the processor.
 */
export type KernelBuild = 'simd' | 'relaxed-simd';

/** Builds of the native kernels, for one instruction set each; `portable` is for every processor. */
export type NativeBuild = 'avx512' | 'avx2' | 'portable';

/** What runs in a backend: `javascript` in `reference`, a {@link KernelBuild} in `wasm`, a {@link NativeBuild} in `native`. */
export type BackendBuild = 'javascript' | KernelBuild | NativeBuild;

/** A backend that was not taken because its results were wrong. */
export interface BackendRefusal {
  readonly name: BackendName;
  readonly build: BackendBuild;
  /** What its self-check found, a sentence each. */
  readonly faults: readonly string[];
}

/** What {@link createBackend} is asked for. */
export interface BackendOptions {
  /** Default: what the environment variable `RELU_LAB_BACKEND` says (`reference`, `wasm` or `native`), else `wasm`. */
  readonly name?: BackendName | undefined;
  /** A build of `wasm` or `native`, or `fastest` for the fastest that runs here. Default: `simd`, or the fastest native one. */
  readonly build?: KernelBuild | NativeBuild | 'fastest' | undefined;
  /** Called with each backend that fails its self-check, before the next one is tried. Default: a warning of the process. */
  readonly onRefusal?: ((refusal: BackendRefusal) => void) | undefined;
}

/**
 * The operations that networks are made of, on the numbers of one {@link Arena}.
 *
 * Every array argument is an offset into the arena, in floats (in 32-bit integers where it says so); matrices are
 * row-major. Nothing is allocated, nothing is copied between JavaScript and the arena. Outputs may be the same array as
 * an input of the same shape in elementwise operations, and nowhere else.
 *
 * NaN and infinity go where the formulas carry them, and lengths, rows and columns may be 0. Offsets and shapes are not
 * checked: who calls these knows what it allocated.
 *
 * `reference` is plain JavaScript that accumulates in float64: the oracle, in float32 and float64 arenas. `wasm` is the
 * default: AssemblyScript SIMD, in float32 arenas only. `native` is C on the same arenas, in Node. Where an element stands does not change its result: a row of a
 * product, or an element of an elementwise operation, has the same bytes alone and among others.
 */
export interface Backend {
  readonly name: BackendName;
  /** What runs. */
  readonly build: BackendBuild;
  readonly arena: Arena;

  /**
   * C = A B, or C += A B when `accumulate`; C is m × n with rows `cRow` apart, A is m × k with A[i, l] at
   * `a + i aRow + l aColumn`, B is k × n with B[l, j] at `b + l bRow + j bColumn`. So a transpose is a swap of strides.
   */
  matmul(
    c: number,
    cRow: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    m: number,
    n: number,
    k: number,
    accumulate: boolean,
  ): void;

  /** z = a Wᵀ + b in every row: a is rows × inputs, W units × inputs, b units, z rows × units. */
  denseForward(a: number, weight: number, bias: number, z: number, rows: number, inputs: number, units: number): void;
  /** ∂W = ∂zᵀ a, ∂b = Σ_rows ∂z and, unless `da` is 0, ∂a = ∂z W. */
  denseBackward(
    a: number,
    weight: number,
    dz: number,
    dWeight: number,
    dBias: number,
    da: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;

  /** x[i] = value. */
  fill(x: number, length: number, value: number): void;
  /** y[i] = x[i]. */
  copy(y: number, x: number, length: number): void;
  /** y[i] += factor x[i]. */
  addScaled(y: number, x: number, length: number, factor: number): void;
  /** x[i] *= factor. */
  scale(x: number, length: number, factor: number): void;
  /** out[c] = Σ_r x[r, c], or += when `accumulate`. */
  columnSums(out: number, x: number, rows: number, columns: number, accumulate: boolean): void;
  /** Σ x[i], summed in float64. */
  sum(x: number, length: number): number;
  /** Σ x[i]², summed in float64: not finite exactly when some x[i] is not. */
  sumOfSquares(x: number, length: number): number;
  /** Whether every x[i] is finite; true for length 0. */
  allFinite(x: number, length: number): boolean;
  /** How many x[i] are 0 (either sign). */
  countZeros(x: number, length: number): number;

  /** y[i] = φ(x[i]). */
  activationForward(activation: ElementwiseActivation, x: number, y: number, length: number): void;
  /** out[i] = φ'(x[i]) upstream[i], from the saved output y = φ(x) where φ' is a function of it. */
  activationBackward(
    activation: ElementwiseActivation,
    x: number,
    y: number,
    upstream: number,
    out: number,
    length: number,
  ): void;

  /** y[r, c] = x[r, c] for x > 0, slope x[r, c] otherwise; slope is `slopes[c]`, or `slopes[0]` when `shared`. */
  preluForward(x: number, slopes: number, y: number, rows: number, columns: number, shared: boolean): void;
  /**
   * dx[r, c] = upstream × (1 for x > 0, slope for x ≤ 0, NaN for NaN); dSlopes += Σ upstream × min(x, 0), over rows (and
   * columns when `shared`).
   */
  preluBackward(
    x: number,
    slopes: number,
    upstream: number,
    dx: number,
    dSlopes: number,
    rows: number,
    columns: number,
    shared: boolean,
  ): void;

  /** y[r, u] = max_p x[r, u pieces + p]; winners[r, u] (integers) = the first p that attains it. NaN wins over all. */
  maxoutForward(x: number, y: number, winners: number, rows: number, units: number, pieces: number): void;
  /** dx[r, u pieces + p] = upstream[r, u] for the winner p, 0 for the others. */
  maxoutBackward(upstream: number, winners: number, dx: number, rows: number, units: number, pieces: number): void;

  /**
   * Mean over rows of −log softmax(logits)[label]; gradient[r, c] = (softmax − 1{c = label}) / rows. `labels` are integers;
   * one that is no class makes the loss NaN. NaN for 0 rows.
   */
  softmaxCrossEntropy(logits: number, labels: number, gradient: number, rows: number, classes: number): number;
  /** Mean over elements of (output − target)²; gradient = 2 (output − target) / length. NaN for length 0. */
  meanSquaredError(output: number, target: number, gradient: number, length: number): number;

  /**
   * Stochastic gradient descent as in PyTorch: g += weightDecay p; v = momentum v + g; p −= rate (g + momentum v when
   * `nesterov`, v otherwise). `velocity` is not touched when `momentum` is 0. Like the other optimisers this leaves g in the arena as it is.
   */
  sgdStep(
    p: number,
    g: number,
    velocity: number,
    length: number,
    rate: number,
    momentum: number,
    nesterov: boolean,
    weightDecay: number,
  ): void;
  /** RMSprop as in PyTorch: g += weightDecay p; s = decay s + (1 − decay) g²; p −= rate g / (√s + epsilon). */
  rmspropStep(
    p: number,
    g: number,
    square: number,
    length: number,
    rate: number,
    decay: number,
    epsilon: number,
    weightDecay: number,
  ): void;
  /**
   * Adam as in PyTorch: g += weightDecay p, or p −= rate weightDecay p when `decoupled` (AdamW); m = β₁ m + (1 − β₁) g;
   * v = β₂ v + (1 − β₂) g²; p −= rate (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + epsilon), with t = `step` from 1.
   */
  adamStep(
    p: number,
    g: number,
    mean: number,
    square: number,
    length: number,
    step: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    weightDecay: number,
    decoupled: boolean,
  ): void;
}
