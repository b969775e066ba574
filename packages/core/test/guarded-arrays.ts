import { expect } from 'vitest';
import { Arena, type Precision } from '../src/arena.ts';
import type { Backend } from '../src/backend.ts';
import { type TestedBackend, createTested } from './backends-here.ts';

/** Guards on each side of an array: an odd number, so that arrays are not aligned to a vector. */
const guardLength = 17;
/** The bits in every word of a guard: an unlikely result, as an integer and as a float. */
const guard = 0x5ca1ab1e;

/** One backend of each kind, and where its arena is free: thousands of properties need not compile thousands. */
const backends = new Map<string, { readonly backend: Backend; readonly free: number }>();

function backendOf(name: TestedBackend, precision: Precision): Backend {
  const key = `${name} ${precision}`;
  let known = backends.get(key);
  if (known === undefined) {
    const arena = new Arena({ precision });
    const backend = createTested(arena, name);
    known = { backend, free: arena.mark() };
    backends.set(key, known);
  }
  known.backend.arena.release(known.free);
  return known.backend;
}

/**
 * Arrays in the arena of a backend, each between guards that no operation may touch. The arrays of an earlier object with
 * the same backend are given up.
 */
export class GuardedArrays {
  readonly backend: Backend;
  readonly #guards: number[] = [];

  constructor(name: TestedBackend, precision: Precision = 'float32') {
    this.backend = backendOf(name, precision);
  }

  /** Offset of a new array of floats. */
  floats(values: ArrayLike<number>): number {
    const { arena } = this.backend;
    const start = arena.allocate(values.length + 2 * guardLength) + guardLength;
    arena.write(start, values);
    const words = arena.floatBytes / 4;
    this.#guard((start - guardLength) * words, guardLength * words);
    this.#guard((start + values.length) * words, guardLength * words);
    return start;
  }

  /** Integer offset of a new array of 32-bit integers. */
  integers(values: ArrayLike<number>): number {
    const { arena } = this.backend;
    const start = arena.allocateIntegers(values.length + 2 * guardLength) + guardLength;
    arena.integers.set(values, start);
    this.#guard(start - guardLength, guardLength);
    this.#guard(start + values.length, guardLength);
    return start;
  }

  /** The numbers at `offset`, in the arena's precision. */
  read(offset: number, length: number): number[] {
    return Array.from(this.backend.arena.values.subarray(offset, offset + length));
  }

  readIntegers(offset: number, length: number): number[] {
    return Array.from(this.backend.arena.integers.subarray(offset, offset + length));
  }

  expectGuardsUntouched(): void {
    const { integers } = this.backend.arena;
    const touched = this.#guards.filter((at) => integers[at] !== guard);
    expect(touched, 'words written outside the arrays').toEqual([]);
  }

  #guard(start: number, words: number): void {
    this.backend.arena.integers.fill(guard, start, start + words);
    for (let i = 0; i < words; i++) this.#guards.push(start + i);
  }
}
