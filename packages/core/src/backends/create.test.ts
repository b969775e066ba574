import { afterEach, describe, expect, it, vi } from 'vitest';
import { Arena } from '../arena.ts';
import { ParameterError } from '../errors.ts';
import { createBackend } from './create.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

describe('createBackend', () => {
  it('gives compiled SIMD kernels on the arena unless told otherwise', () => {
    const arena = new Arena();
    const backend = createBackend(arena);
    expect([backend.name, backend.build]).toEqual(['wasm', 'simd']);
    expect(backend.arena).toBe(arena);
  });

  it('gives the reference in float32 and float64', () => {
    for (const precision of ['float32', 'float64'] as const) {
      const backend = createBackend(new Arena({ precision }), 'reference');
      expect([backend.name, backend.build]).toEqual(['reference', 'javascript']);
    }
  });

  it.each(['gpu', 'toString'])("refuses '%s', and names what exists", (name) => {
    const create = (): unknown => createBackend(new Arena(), name as 'wasm');
    expect(create).toThrow(ParameterError);
    expect(create).toThrow(`There is no backend '${name}'; there are reference and wasm`);
  });

  it('refuses compiled kernels on a float64 arena, and names what works there', () => {
    const create = (): unknown => createBackend(new Arena({ precision: 'float64' }), 'wasm');
    expect(create).toThrow(ParameterError);
    expect(create).toThrow("this arena holds float64; use the backend 'reference'");
  });

  it('says in a runtime without SIMD what is missing, and what works there', async () => {
    vi.resetModules();
    const fresh = await import('./create.ts');
    const errors = await import('../errors.ts');
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const create = (): unknown => fresh.createBackend(new Arena());
    expect(create).toThrow(errors.ParameterError);
    expect(create).toThrow(/WebAssembly SIMD .* use the backend 'reference'/);
  });

  it('compiles once for all arenas, and gives each its own instance', async () => {
    vi.resetModules();
    const fresh = await import('./create.ts');
    const compile = vi.spyOn(WebAssembly, 'Module');
    const first = fresh.createBackend(new Arena());
    const second = fresh.createBackend(new Arena());
    expect(compile).toHaveBeenCalledTimes(1);
    const a = first.arena.allocate(5);
    const b = second.arena.allocate(5);
    first.fill(a, 5, 1);
    second.fill(b, 5, 2);
    expect(Array.from(first.arena.read(a, 5))).toEqual([1, 1, 1, 1, 1]);
    expect(Array.from(second.arena.read(b, 5))).toEqual([2, 2, 2, 2, 2]);
  });

  it('keeps working after the arena grew', () => {
    const arena = new Arena();
    const backend = createBackend(arena);
    const x = arena.allocate(3_000_000);
    backend.fill(x, 3_000_000, 0.5);
    expect(backend.sum(x, 3_000_000)).toBe(1_500_000);
  });
});
