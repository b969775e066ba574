import { ParameterError } from './errors.ts';
import { refuseUnknown } from './options.ts';

/** Width of a float in an arena. Compiled kernels need `float32`; `float64` is for checks by finite differences. */
export type Precision = 'float32' | 'float64';

export interface ArenaOptions {
  /** Default `float32`. */
  readonly precision?: Precision;
  /** Whose numbers these are, for the error when there is no room: `the network 784-256-10`. Default `an arena`. */
  readonly owner?: string | (() => string);
}

/** What an arena needs of a `WebAssembly.Memory`; declared here, so that its types need no library of the browser's. */
export interface ArenaMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const pageBytes = 65536;
const maximumPages = 65536;
const alignmentBytes = 64;

/**
 * All numbers of one network: a growing block of memory that kernels address by offset.
 *
 * Offsets count elements (floats of the arena's precision, or 32-bit integers), and stay valid when the arena grows.
 * Views do not: growth detaches them. So nobody keeps `values` or `integers` across a call that may allocate.
 *
 * The first 64 bytes are never handed out, so that 0 is no valid offset.
 *
 * Each arena reserves 4 GiB of address space or more, whatever it holds, so that it can grow in place: a process has room for
 * some thousands of them, or fewer where address space is limited (`ulimit -v`). The space is free again when the arena is
 * garbage.
 */
export class Arena {
  /** A `WebAssembly.Memory`. */
  readonly memory: ArenaMemory;
  readonly precision: Precision;
  /** Bytes a float: 4 or 8. */
  readonly floatBytes: number;
  readonly #owner: string | (() => string);
  #top: number = alignmentBytes;
  #values: Float32Array | Float64Array;
  #integers: Int32Array;

  /**
   * @throws ParameterError for an option or a precision that does not exist, and where the system gives no memory for one more.
   */
  constructor(options: ArenaOptions = {}) {
    refuseUnknown('Arena', options, ['precision', 'owner']);
    const { precision = 'float32', owner = 'an arena' } = options;
    if (precision !== 'float32' && precision !== 'float64') {
      throw new ParameterError(`precision of Arena must be 'float32' or 'float64', not '${String(precision)}'`);
    }
    this.precision = precision;
    this.#owner = owner;
    this.floatBytes = precision === 'float32' ? 4 : 8;
    this.memory = this.#newMemory();
    this.#values = this.#floatView();
    this.#integers = new Int32Array(this.memory.buffer);
  }

  /** Every float of the arena, indexed by offset: a view for immediate use, not to be kept. */
  get values(): Float32Array | Float64Array {
    if (this.#values.buffer !== this.memory.buffer) this.#values = this.#floatView();
    return this.#values;
  }

  /** Every 32-bit integer of the arena, indexed by integer offset: a view for immediate use, not to be kept. */
  get integers(): Int32Array {
    if (this.#integers.buffer !== this.memory.buffer) this.#integers = new Int32Array(this.memory.buffer);
    return this.#integers;
  }

  /** Bytes handed out so far. */
  get bytes(): number {
    return this.#top;
  }

  /** Offset of `length` new floats, all 0. */
  allocate(length: number): number {
    return this.#take(length, this.floatBytes) / this.floatBytes;
  }

  /** Integer offset of `length` new 32-bit integers, all 0. */
  allocateIntegers(length: number): number {
    return this.#take(length, 4) / 4;
  }

  /** The present end of what is handed out, to return to with {@link release}. */
  mark(): number {
    return this.#top;
  }

  /** Takes back everything that was handed out since `mark`. */
  release(mark: number): void {
    if (!(mark >= alignmentBytes && mark <= this.#top)) {
      throw new ParameterError(
        `release needs a mark of this arena between ${alignmentBytes} and ${this.#top}, not ${mark}`,
      );
    }
    this.#top = mark;
  }

  /** A copy of `length` floats. */
  read(offset: number, length: number): Float32Array {
    return Float32Array.from(this.values.subarray(offset, offset + length));
  }

  /** Copies `source` to `offset`. */
  write(offset: number, source: ArrayLike<number>): void {
    this.values.set(source, offset);
  }

  #floatView(): Float32Array | Float64Array {
    return this.precision === 'float32' ? new Float32Array(this.memory.buffer) : new Float64Array(this.memory.buffer);
  }

  get #ownerName(): string {
    return typeof this.#owner === 'string' ? this.#owner : this.#owner();
  }

  #newMemory(): ArenaMemory {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum: maximumPages });
    } catch (cause) {
      throw new ParameterError(
        `There is no room for the memory of ${this.#ownerName}: the system gives no address space for ${maximumPages * pageBytes} bytes more, ` +
          'which each arena reserves; let go of networks and arenas that are no longer needed, or raise the limit',
        { cause },
      );
    }
  }

  #take(length: number, elementBytes: number): number {
    if (!Number.isInteger(length) || length < 0) {
      throw new ParameterError(`An arena hands out a whole number of elements, not ${length}`);
    }
    const start = this.#top;
    const bytes = Math.ceil((length * elementBytes) / alignmentBytes) * alignmentBytes;
    this.#grow(start + bytes, bytes);
    this.#top = start + bytes;
    new Uint8Array(this.memory.buffer, start, bytes).fill(0);
    return start;
  }

  #grow(bytes: number, asked: number): void {
    const held = this.memory.buffer.byteLength;
    if (bytes <= held) return;
    try {
      this.memory.grow(Math.ceil((bytes - held) / pageBytes));
    } catch (cause) {
      throw new ParameterError(
        `There is no room for ${asked} more bytes in the memory of ${this.#ownerName}: it holds ${held} and would have to grow to ${bytes}; ` +
          `the limit is ${maximumPages * pageBytes}, or what the system gives`,
        { cause },
      );
    }
  }
}
