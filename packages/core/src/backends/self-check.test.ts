import { afterEach, describe, expect, it, vi } from 'vitest';
import { backendsHere, createTested } from '../../test/backends-here.ts';
import { Arena } from '../arena.ts';
import type { Backend, BackendBuild, BackendRefusal } from '../backend.ts';
import { availableBackends } from './available.ts';
import { createBackend } from './create.ts';
import type { BackendProvider } from './provider.ts';
import { registerBackend } from './providers.ts';
import { referenceBackend } from './reference.ts';
import { selfCheck } from './self-check.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe.each(backendsHere)('the self-check of the backend %s', (name) => {
  it('finds nothing, and gives back the memory that it took', () => {
    const backend = createTested(new Arena(), name);
    const { bytes } = backend.arena;
    expect(selfCheck(backend)).toEqual([]);
    expect(backend.arena.bytes).toBe(bytes);
  });
});

/** The reference with some operations replaced. */
function changed(arena: Arena, build: BackendBuild, change: (backend: Backend) => Partial<Backend>): Backend {
  const backend: Backend = { ...referenceBackend(arena), name: 'native', build };
  return { ...backend, ...change(backend) };
}

/** Products whose first element is wrong by one part in a thousand. */
const wrongProducts = (backend: Backend): Partial<Backend> => ({
  matmul(c, ...rest) {
    backend.matmul(c, ...rest);
    backend.arena.values[c] *= 1.001;
  },
});

describe('selfCheck', () => {
  const check = (change: (backend: Backend) => Partial<Backend>): readonly string[] =>
    selfCheck(changed(new Arena(), 'portable', change));

  it('finds wrong products, and names their strides', () => {
    expect(check(wrongProducts)).toContain('matmul with the strides 19, 1, 37, 1 differs from the reference');
  });

  it('finds a product that is right only without transposes', () => {
    const straight = (backend: Backend): Partial<Backend> => ({
      matmul: (c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate) =>
        backend.matmul(c, cRow, a, k, 1, b, n, 1, m, n, k, accumulate),
    });
    expect(check(straight)).toHaveLength(3);
  });

  it('finds a wrong activation, a wrong derivative, and NaN that is swallowed', () => {
    const flat = (backend: Backend): Partial<Backend> => ({
      activationBackward: (_phi, _x, _y, _upstream, out, length) => backend.fill(out, length, 1),
    });
    expect(check(flat)).toContain('the derivative of elu differs from the reference');
    const swallowing = (backend: Backend): Partial<Backend> => ({
      activationForward(phi, x, y, length) {
        backend.activationForward(phi, x, y, length);
        const { values } = backend.arena;
        for (let i = 0; i < length; i++) if (Number.isNaN(values[y + i])) values[y + i] = 0;
      },
    });
    expect(check(swallowing)).toContain('relu differs from the reference');
  });

  it('finds infinity that became a large number', () => {
    const saturating = (backend: Backend): Partial<Backend> => ({
      activationForward(phi, x, y, length) {
        backend.activationForward(phi, x, y, length);
        const { values } = backend.arena;
        for (let i = 0; i < length; i++) if (values[y + i] === Infinity) values[y + i] = 3e38;
      },
    });
    expect(check(saturating)).toContain('relu differs from the reference');
  });

  it('finds an operation that throws', () => {
    const throwing = (): Partial<Backend> => ({
      matmul() {
        throw new RangeError('out of the arena');
      },
    });
    expect(check(throwing)).toEqual(['out of the arena']);
  });
});

describe('a backend that computes wrong numbers', () => {
  const made: BackendBuild[] = [];
  const broken = (): BackendProvider => ({
    name: 'native',
    builds: () => [
      { build: 'avx512', reason: null },
      { build: 'avx2', reason: 'it needs another processor' },
      { build: 'portable', reason: null },
    ],
    create(arena, build) {
      made.push(build);
      return changed(arena, build, build === 'avx512' ? wrongProducts : () => ({}));
    },
  });
  const allBroken = (): BackendProvider => ({
    ...broken(),
    create: (arena, build) => changed(arena, build, wrongProducts),
  });

  it('is refused with what is wrong, and the next build that runs is used', () => {
    registerBackend(broken());
    const refusals: BackendRefusal[] = [];
    const backend = createBackend(new Arena(), { name: 'native', onRefusal: (refusal) => refusals.push(refusal) });
    expect([backend.name, backend.build]).toEqual(['native', 'portable']);
    expect(refusals).toMatchObject([{ name: 'native', build: 'avx512' }]);
    expect(refusals[0].faults[0]).toContain('differs from the reference');
  });

  it('is followed by the backend below when none of its builds is right', () => {
    registerBackend(allBroken());
    const refused: BackendBuild[] = [];
    const backend = createBackend(new Arena(), { name: 'native', onRefusal: ({ build }) => refused.push(build) });
    expect([backend.name, backend.build]).toEqual(['wasm', 'simd']);
    expect(refused).toEqual(['avx512', 'portable']);
  });

  it('is checked once, and works afterwards without another check', () => {
    registerBackend(broken());
    made.length = 0;
    const options = { name: 'native', onRefusal: () => undefined } as const;
    createBackend(new Arena(), options);
    createBackend(new Arena(), options);
    // Each of the two builds for its check, and the right one for each of the two arenas.
    expect(made).toEqual(['avx512', 'portable', 'portable', 'portable']);
  });

  it('is a warning of the process, once', () => {
    registerBackend(broken());
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    createBackend(new Arena(), 'native');
    createBackend(new Arena(), 'native');
    expect(warn.mock.calls).toEqual([
      [
        "The backend 'native' in the build 'avx512' computes wrong numbers and is not used",
        { type: 'BackendWarning', detail: expect.stringContaining('matmul') as unknown },
      ],
    ]);
  });

  it('goes to the error handlers of a browser', () => {
    registerBackend({ ...broken(), builds: () => [{ build: 'avx2', reason: null }], create: allBroken().create });
    const reportError = vi.fn<(error: Error) => void>();
    vi.stubGlobal('process', undefined);
    vi.stubGlobal('reportError', reportError);
    const { name } = createBackend(new Arena(), 'native');
    vi.unstubAllGlobals();
    expect(name).toBe('wasm');
    expect(reportError.mock.calls[0][0].message).toMatch(/'avx2' computes wrong numbers and is not used:\nmatmul/);
  });

  it('is not available, and the list says why', () => {
    registerBackend(broken());
    const native = availableBackends().filter(({ name }) => name === 'native');
    expect(native).toMatchObject([
      { build: 'avx512', loads: false, reason: expect.stringContaining('it computes wrong numbers') as unknown },
      { build: 'avx2', loads: false, reason: 'it needs another processor' },
      { build: 'portable', loads: true, reason: null },
    ]);
  });
});
