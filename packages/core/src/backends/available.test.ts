import { afterEach, describe, expect, it, vi } from 'vitest';
import { supportedBuilds } from './wasm/instantiate.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The list of a process that has not asked before. */
async function freshList() {
  vi.resetModules();
  const { availableBackends } = await import('./available.ts');
  return availableBackends();
}

describe('availableBackends', () => {
  it('lists the reference, and the compiled builds that the runtime supports, the fastest first', async () => {
    const list = await freshList();
    expect(list[0]).toEqual({ name: 'reference', build: 'javascript', loads: true, reason: null });
    const compiled = list.filter(({ name }) => name === 'wasm');
    expect(compiled.map(({ build }) => build)).toEqual(['relaxed-simd', 'simd']);
    expect(compiled.filter(({ loads }) => loads).map(({ build }) => build)).toEqual(supportedBuilds());
  });

  it('says for everything that does not load why', async () => {
    for (const { loads, reason } of await freshList()) expect(reason === null).toBe(loads);
  });

  it('says that native kernels need Node where there is none', async () => {
    vi.stubGlobal('process', undefined);
    const list = await freshList();
    vi.unstubAllGlobals();
    expect(list.at(-1)).toEqual({ name: 'native', build: null, loads: false, reason: 'it needs Node' });
  });

  it('says that the package of the native kernels is missing where it is', async () => {
    vi.stubGlobal('process', {
      argv: ['node'],
      cwd: () => '/',
      getBuiltinModule: () => ({
        createRequire: () => () => {
          throw Object.assign(new Error("Cannot find module '@relu-lab/native'"), { code: 'MODULE_NOT_FOUND' });
        },
      }),
    });
    const list = await freshList();
    vi.unstubAllGlobals();
    expect(list.at(-1)).toMatchObject({ build: null, reason: 'the package @relu-lab/native is not installed' });
  });

  it('passes on why the native kernels do not load', async () => {
    vi.stubGlobal('process', {
      argv: ['node'],
      cwd: () => '/',
      getBuiltinModule: () => ({
        createRequire: () => () => ({
          backendProvider: {
            name: 'native',
            builds() {
              throw new Error('it is not built');
            },
          },
        }),
      }),
    });
    const list = await freshList();
    vi.unstubAllGlobals();
    expect(list.at(-1)).toEqual({ name: 'native', build: null, loads: false, reason: 'it is not built' });
  });
});
