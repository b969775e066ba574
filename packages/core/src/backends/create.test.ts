import { afterEach, describe, expect, it, vi } from 'vitest';
import { Arena } from '../arena.ts';
import type { BackendOptions, KernelBuild } from '../backend.ts';
import { ParameterError } from '../errors.ts';
import { availableBackends } from './available.ts';
import { createBackend } from './create.ts';
import { supportedBuilds } from './wasm/instantiate.ts';

const variable = 'RELU_LAB_BACKEND';

afterEach(() => {
  vi.unstubAllEnvs();
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

  it.each(['gpu', 'toString'])("refuses '%s', and names what exists, what loads, and why the rest does not", (name) => {
    const create = (): unknown => createBackend(new Arena(), name as 'wasm');
    expect(create).toThrow(ParameterError);
    expect(create).toThrow(
      `There is no backend '${name}'; there are reference, wasm, native: those that load here are reference (javascript), `,
    );
    for (const { build, loads, reason } of availableBackends()) {
      if (build !== null) expect(create).toThrow(`(${build})${loads ? '' : ` does not: ${reason}`}`);
    }
  });

  it('gives native kernels where they load, and else says why they do not and what does', () => {
    const [fastest] = availableBackends().filter(({ name }) => name === 'native');
    const create = (): unknown => createBackend(new Arena(), 'native').build;
    if (fastest.loads) expect(create()).toBe(fastest.build);
    else expect(create).toThrow(`The backend 'native' does not load here: ${fastest.reason}; those that load here are`);
  });

  it.each(['wasm', 'native'] as const)('refuses %s on a float64 arena, and names what works there', (name) => {
    const create = (): unknown => createBackend(new Arena({ precision: 'float64' }), name);
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
    expect(create).toThrow(/WebAssembly SIMD .*; those that load here are reference \(javascript\)/);
  });

  it('has the simd build as the default also where a faster one runs, and the fastest on request', () => {
    expect(createBackend(new Arena(), 'wasm').build).toBe('simd');
    expect(createBackend(new Arena(), { build: 'simd' }).build).toBe('simd');
    expect(createBackend(new Arena(), { build: 'fastest' }).build).toBe(supportedBuilds()[0]);
  });

  it('gives every supported build, and says of the others what they need', () => {
    const attempt = (build: KernelBuild): string => {
      try {
        return createBackend(new Arena(), { name: 'wasm', build }).build;
      } catch (error) {
        return error instanceof ParameterError ? error.message : 'another error';
      }
    };
    expect(supportedBuilds()).toContain('simd');
    for (const build of ['simd', 'relaxed-simd'] as const) {
      const missing = `The build '${build}' of the backend 'wasm' does not load here: it needs a runtime with WebAssembly`;
      expect(attempt(build)).toContain(supportedBuilds().includes(build) ? build : missing);
    }
  });

  it('takes the fixed build where the fastest is asked for and nothing else runs', async () => {
    vi.resetModules();
    const fresh = await import('./create.ts');
    const validate = WebAssembly.validate.bind(WebAssembly);
    let first = true;
    vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => {
      const known = !first && validate(bytes);
      first = false;
      return known;
    });
    expect(fresh.createBackend(new Arena(), { build: 'fastest' }).build).toBe('simd');
  });

  it('refuses a build that does not exist, one of the reference, and an option that nobody knows', () => {
    const create = (options: object) => (): unknown => createBackend(new Arena(), options as BackendOptions);
    expect(create({ build: 'avx' })).toThrow(
      new ParameterError("There is no build 'avx' of the backend 'wasm'; there are relaxed-simd, simd and fastest"),
    );
    expect(create({ name: 'reference', build: 'simd' })).toThrow("'reference' has no builds, so not 'simd'");
    expect(create({ biuld: 'simd' })).toThrow(
      "createBackend takes name, build, onRefusal, not 'biuld' (did you mean 'build'?)",
    );
  });

  it('takes its default from the environment, which an argument overrides', () => {
    vi.stubEnv(variable, 'reference');
    expect(createBackend(new Arena()).name).toBe('reference');
    expect(createBackend(new Arena(), 'wasm').name).toBe('wasm');
    vi.stubEnv(variable, 'wasm');
    expect(createBackend(new Arena()).name).toBe('wasm');
    vi.stubEnv(variable, '');
    expect(createBackend(new Arena()).name).toBe('wasm');
    vi.stubEnv(variable, 'nativ');
    const create = (): unknown => createBackend(new Arena());
    expect(create).toThrow(ParameterError);
    expect(create).toThrow(`There is no backend 'nativ' as ${variable} says; there are reference, wasm, native`);
  });

  it('has a default where there is no environment', () => {
    vi.stubGlobal('process', undefined);
    const { name } = createBackend(new Arena());
    vi.unstubAllGlobals();
    expect(name).toBe('wasm');
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
