import type { Activation, ElementwiseActivation, MaxoutActivation } from './activation.ts';
import { Arena } from './arena.ts';
import type { Backend } from './backend.ts';
import { createBackend } from './backends/create.ts';
import { checkActivation } from './check-activation.ts';
import { ParameterError, ShapeError } from './errors.ts';

/** Elements that go through the scratch arena at once: it stays below 2 MiB however long the arrays are. */
const chunk = 65536;

let scratch: Backend | undefined;

/**
 * φ(x), element by element; for maxout the largest of each `pieces` neighbours, so that x holds `units × pieces` numbers.
 *
 * Runs on the compiled kernels: float32 precision.
 *
 * @param out - receives the result: as long as `x` (for maxout, `x.length / pieces`), and may be `x` itself. Default: a
 *   new array.
 * @returns `out`.
 * @throws ParameterError when `activation` is no activation, or an array no `Float32Array`.
 * @throws ShapeError when a length does not fit.
 */
export function forward(activation: Activation, x: Float32Array, out?: Float32Array): Float32Array {
  checkActivation(activation);
  const length = outputLength(activation, checkArray('x', x));
  const result = out === undefined ? new Float32Array(length) : checkArray('out', out);
  checkLength('out', result, length, activation, x);
  if (activation.kind === 'maxout') maxoutForward(activation, x, result);
  else elementwiseForward(activation, x, result);
  return result;
}

/**
 * The gradient with respect to x: `upstream × φ'(x)`, element by element, in IEEE arithmetic (0 × ∞ is NaN); for maxout
 * each `upstream` goes to the piece that wins, and 0 to the others.
 *
 * Where networks would take φ' from the saved float32 output, which has lost φ' in a saturated region, this takes it from
 * x in float64: the derivative of the sigmoid at 20 is 2.06e-9, not 0.
 *
 * @param upstream - the gradient with respect to the output: as long as `x` (for maxout, `x.length / pieces`).
 * @param out - receives the result: as long as `x`, and may be `x` itself or, unless for maxout, `upstream`. Default: a
 *   new array.
 * @returns `out`.
 * @throws ParameterError when `activation` is no activation, or an array no `Float32Array`.
 * @throws ShapeError when a length does not fit.
 */
export function backward(
  activation: Activation,
  x: Float32Array,
  upstream: Float32Array,
  out?: Float32Array,
): Float32Array {
  checkActivation(activation);
  const length = outputLength(activation, checkArray('x', x));
  checkLength('upstream', checkArray('upstream', upstream), length, activation, x);
  const result = out === undefined ? new Float32Array(x.length) : checkArray('out', out);
  if (result.length !== x.length) {
    throw new ShapeError(`out has ${result.length} elements, but the gradient with respect to x has ${x.length}, as x`);
  }
  if (activation.kind === 'maxout') maxoutBackward(activation, x, upstream, result);
  else elementwiseBackward(activation, x, upstream, result);
  return result;
}

function elementwiseForward(activation: ElementwiseActivation, x: Float32Array, out: Float32Array): void {
  inChunks(x.length, chunk, (backend, start, end) => {
    const { arena } = backend;
    const a = place(arena, x, start, end);
    backend.activationForward(activation, a, a, end - start);
    take(arena, a, out, start, end);
  });
}

function elementwiseBackward(
  activation: ElementwiseActivation,
  x: Float32Array,
  upstream: Float32Array,
  out: Float32Array,
): void {
  // The kernel of an activation with `derivativeFromOutput` reads the output. Of a positively homogeneous one only the
  // sign matters, which float32 keeps; of the others digits that φ' needs may be gone.
  const kernelIsExact = activation.derivativeFromOutput === undefined || activation.positivelyHomogeneous;
  if (!kernelIsExact) {
    for (let i = 0; i < x.length; i++) out[i] = upstream[i] * activation.derivative(x[i]);
    return;
  }
  inChunks(x.length, chunk, (backend, start, end) => {
    const { arena } = backend;
    const a = place(arena, x, start, end);
    const y = arena.allocate(end - start);
    const g = place(arena, upstream, start, end);
    backend.activationForward(activation, a, y, end - start);
    backend.activationBackward(activation, a, y, g, g, end - start);
    take(arena, g, out, start, end);
  });
}

function maxoutForward({ pieces }: MaxoutActivation, x: Float32Array, out: Float32Array): void {
  inChunks(out.length, unitsAtOnce(pieces), (backend, start, end) => {
    const { arena } = backend;
    const a = place(arena, x, start * pieces, end * pieces);
    const y = arena.allocate(end - start);
    const winners = arena.allocateIntegers(end - start);
    backend.maxoutForward(a, y, winners, 1, end - start, pieces);
    take(arena, y, out, start, end);
  });
}

function maxoutBackward(
  { pieces }: MaxoutActivation,
  x: Float32Array,
  upstream: Float32Array,
  out: Float32Array,
): void {
  inChunks(upstream.length, unitsAtOnce(pieces), (backend, start, end) => {
    const { arena } = backend;
    const a = place(arena, x, start * pieces, end * pieces);
    const y = arena.allocate(end - start);
    const winners = arena.allocateIntegers(end - start);
    backend.maxoutForward(a, y, winners, 1, end - start, pieces);
    const g = place(arena, upstream, start, end);
    const dx = arena.allocate((end - start) * pieces);
    backend.maxoutBackward(g, winners, dx, 1, end - start, pieces);
    take(arena, dx, out, start * pieces, end * pieces);
  });
}

function unitsAtOnce(pieces: number): number {
  return Math.max(1, Math.floor(chunk / pieces));
}

/** Calls `step` for the elements from 0 to `length`, `size` at a time, and gives its scratch memory back after each. */
function inChunks(length: number, size: number, step: (backend: Backend, start: number, end: number) => void): void {
  scratch ??= createBackend(new Arena());
  const { arena } = scratch;
  for (let start = 0; start < length; start += size) {
    const mark = arena.mark();
    try {
      step(scratch, start, Math.min(start + size, length));
    } finally {
      arena.release(mark);
    }
  }
}

function place(arena: Arena, source: Float32Array, start: number, end: number): number {
  const offset = arena.allocate(end - start);
  arena.write(offset, source.subarray(start, end));
  return offset;
}

function take(arena: Arena, offset: number, target: Float32Array, start: number, end: number): void {
  target.set(arena.values.subarray(offset, offset + end - start), start);
}

function outputLength(activation: Activation, x: Float32Array): number {
  if (activation.kind === 'elementwise') return x.length;
  if (x.length % activation.pieces !== 0) {
    throw new ShapeError(
      `x has ${x.length} elements, but maxout of ${activation.pieces} pieces needs a multiple of ${activation.pieces}`,
    );
  }
  return x.length / activation.pieces;
}

function checkArray(what: string, value: unknown): Float32Array {
  if (value instanceof Float32Array) return value;
  const given = Array.isArray(value) || ArrayBuffer.isView(value) ? value.constructor.name : String(value);
  throw new ParameterError(`${what} must be a Float32Array, not ${given}: Float32Array.from(values) makes one`);
}

function checkLength(what: string, array: Float32Array, length: number, activation: Activation, x: Float32Array): void {
  if (array.length === length) return;
  throw new ShapeError(
    `${what} has ${array.length} elements, but the output of ${activation.name} for an x of ${x.length} has ${length}`,
  );
}
