import { describe, expect, it, vi } from 'vitest';
import { Arena } from './arena.ts';
import { ParameterError } from './errors.ts';

describe('an arena', () => {
  it('hands out zeroed arrays that do not overlap, aligned to 64 bytes, and never offset 0', () => {
    const arena = new Arena();
    const a = arena.allocate(3);
    const b = arena.allocate(100);
    const c = arena.allocateIntegers(5);
    expect([a, b, c]).toEqual([16, 32, 144]);
    arena.values.fill(1, a, a + 3);
    expect(Array.from(arena.read(b, 100))).toEqual(new Array(100).fill(0));
    expect(Array.from(arena.integers.subarray(c, c + 5))).toEqual([0, 0, 0, 0, 0]);
  });

  it('keeps its contents and its offsets when it grows', () => {
    const arena = new Arena();
    const a = arena.allocate(4);
    arena.write(a, [1, 2, 3, 4]);
    const before = arena.memory.buffer.byteLength;
    const b = arena.allocate(1_000_000);
    arena.values[b + 999_999] = 5;
    expect(arena.memory.buffer.byteLength).toBeGreaterThan(before);
    expect(Array.from(arena.read(a, 4))).toEqual([1, 2, 3, 4]);
    expect(arena.values[b + 999_999]).toBe(5);
  });

  it('gives views of the present memory after it grew', () => {
    const arena = new Arena();
    const { values, integers } = arena;
    arena.allocate(1_000_000);
    expect(values.length).toBe(0);
    expect(integers.length).toBe(0);
    expect(arena.values.length).toBeGreaterThanOrEqual(1_000_000);
    expect(arena.integers.length).toBe(arena.values.length);
  });

  it('counts elements of 8 bytes in float64, and keeps their digits', () => {
    const arena = new Arena({ precision: 'float64' });
    const a = arena.allocate(2);
    arena.write(a, [Math.PI, 1 / 3]);
    expect(arena.floatBytes).toBe(8);
    expect(arena.values).toBeInstanceOf(Float64Array);
    expect(Array.from(arena.values.subarray(a, a + 2))).toEqual([Math.PI, 1 / 3]);
    expect(arena.bytes).toBe(a * 8 + 64);
  });

  it('reads copies, which later writes do not change', () => {
    const arena = new Arena();
    const a = arena.allocate(2);
    const copy = arena.read(a, 2);
    arena.write(a, [7, 8]);
    expect(Array.from(copy)).toEqual([0, 0]);
  });

  it('takes back what was handed out since a mark, and zeroes it when it is handed out again', () => {
    const arena = new Arena();
    arena.allocate(1);
    const mark = arena.mark();
    const a = arena.allocate(20);
    arena.values.fill(9, a, a + 20);
    arena.release(mark);
    expect(arena.bytes).toBe(mark);
    expect(arena.allocate(20)).toBe(a);
    expect(Array.from(arena.read(a, 20))).toEqual(new Array(20).fill(0));
  });

  it('hands out empty arrays', () => {
    const arena = new Arena();
    const bytes = arena.bytes;
    arena.allocate(0);
    expect(arena.bytes).toBe(bytes);
  });

  it.each([-1, 1.5, NaN, Infinity])('refuses to hand out %s elements', (length) => {
    expect(() => new Arena().allocate(length)).toThrow(ParameterError);
    expect(() => new Arena().allocate(length)).toThrow(`An arena hands out a whole number of elements, not ${length}`);
  });

  it('refuses to grow beyond 4 GiB, and stays usable', () => {
    const arena = new Arena();
    const a = arena.allocate(1);
    arena.write(a, [3]);
    const bytes = arena.bytes;
    expect(() => arena.allocate(2 ** 30)).toThrow(ParameterError);
    expect(() => arena.allocate(2 ** 30)).toThrow(
      'There is no room for 4294967296 more bytes in the memory of an arena: it holds 65536 and would have to grow to 4294967424; the limit is 4294967296',
    );
    expect(arena.bytes).toBe(bytes);
    expect(arena.values[a]).toBe(3);
  });

  it.each([
    ['the network 784-256-10', 'the network 784-256-10'],
    ['a function', () => 'the network 784-256-10'],
  ])('names its owner, given as %s, when there is no room', (_, owner) => {
    expect(() => new Arena({ owner }).allocate(2 ** 30)).toThrow(
      'There is no room for 4294967296 more bytes in the memory of the network 784-256-10: it holds 65536',
    );
  });

  it.each([
    ['float16', "precision of Arena must be 'float32' or 'float64', not 'float16'"],
    [32, "precision of Arena must be 'float32' or 'float64', not '32'"],
  ])('refuses the precision %s', (precision, message) => {
    expect(() => new Arena({ precision: precision as 'float32' })).toThrow(new ParameterError(message));
  });

  it('refuses an option that nobody knows', () => {
    expect(() => new Arena({ precison: 'float64' } as object)).toThrow(
      "Arena takes precision, owner, not 'precison' (did you mean 'precision'?)",
    );
  });

  it('names its owner and what it would reserve when the system gives no memory for it', () => {
    vi.spyOn(WebAssembly, 'Memory').mockImplementation(function () {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    });
    const make = (): Arena => new Arena({ owner: () => 'the network 784-256-10' });
    expect(make).toThrow(ParameterError);
    expect(make).toThrow(
      /no room for the memory of the network 784-256-10: the system gives no address space for 4294967296 bytes more/,
    );
    vi.restoreAllMocks();
  });

  it.each([0, 63, NaN, 1e9])('refuses to release to %s, which is no mark of it', (mark) => {
    const arena = new Arena();
    expect(() => arena.release(mark)).toThrow(ParameterError);
    expect(() => arena.release(mark)).toThrow(`between 64 and 64, not ${mark}`);
  });
});
