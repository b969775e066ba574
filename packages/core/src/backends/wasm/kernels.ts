/** y = φ(x): addresses in bytes, `n` floats, the activation's two arguments. */
export type ForwardKernel = (x: number, y: number, n: number, a0: number, a1: number) => void;

/** out = φ' × upstream, where `saved` is the output when the activation defines `derivativeFromOutput`, else the input. */
export type BackwardKernel = (saved: number, upstream: number, out: number, n: number, a0: number, a1: number) => void;

/** What the compiled module exports besides activations; see `assembly/`. Addresses and strides are in bytes. */
export interface Kernels {
  matmulScratchBytes(): number;
  matmul(
    scratch: number,
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
  denseForward(
    scratch: number,
    a: number,
    weight: number,
    bias: number,
    z: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;
  denseBackward(
    scratch: number,
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
  fill(x: number, n: number, value: number): void;
  copy(y: number, x: number, n: number): void;
  addScaled(y: number, x: number, n: number, factor: number): void;
  scale(x: number, n: number, factor: number): void;
  columnSums(out: number, x: number, rows: number, columns: number, accumulate: boolean): void;
  sum(x: number, n: number): number;
  sumOfSquares(x: number, n: number): number;
  countZeros(x: number, n: number): number;
  allFinite(x: number, n: number): number;
  fillFromBlocks(
    out: number,
    blocks: number,
    key0: number,
    key1: number,
    first: number,
    kind: number,
    a: number,
    b: number,
    single: boolean,
  ): void;
  preluForward(x: number, slopes: number, y: number, rows: number, columns: number, shared: boolean): void;
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
  maxoutForward(x: number, y: number, winners: number, units: number, pieces: number): void;
  maxoutBackward(upstream: number, winners: number, dx: number, units: number, pieces: number): void;
  softmaxCrossEntropy(
    logits: number,
    labels: number,
    gradient: number,
    rows: number,
    classes: number,
    perRow: number,
  ): number;
  squaredError(output: number, target: number, gradient: number, n: number, factor: number): number;
  sgdStep(
    p: number,
    g: number,
    velocity: number,
    n: number,
    rate: number,
    momentum: number,
    nesterov: boolean,
    weightDecay: number,
  ): void;
  rmspropStep(
    p: number,
    g: number,
    square: number,
    n: number,
    rate: number,
    keep: number,
    take: number,
    epsilon: number,
    weightDecay: number,
  ): void;
  adamStep(
    p: number,
    g: number,
    mean: number,
    square: number,
    n: number,
    rate: number,
    keep1: number,
    take1: number,
    keep2: number,
    take2: number,
    perRoot: number,
    epsilon: number,
    weightDecay: number,
    shrink: number,
  ): void;
}
