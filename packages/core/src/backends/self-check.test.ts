import { afterEach, describe, expect, it, vi } from 'vitest';
import { backendsHere, createTested } from '../../test/backends-here.ts';
import type { ElementwiseActivation } from '../activation.ts';
import { elu } from '../activations/catalogue.ts';
import { Arena } from '../arena.ts';
import type { Backend, BackendBuild, BackendRefusal } from '../backend.ts';
import { ParameterError } from '../errors.ts';
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

/** What a product is given; a fault computes another one instead. */
interface Product {
  readonly a: number;
  readonly aRow: number;
  readonly aColumn: number;
  readonly b: number;
  readonly bRow: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

type ProductFault = (product: Product) => Product;

describe('selfCheck', () => {
  const check = (change: (backend: Backend) => Partial<Backend>): readonly string[] =>
    selfCheck(changed(new Arena(), 'portable', change));

  it('finds wrong products, and names their strides', () => {
    expect(check(wrongProducts)).toContain(
      'matmul of 13 × 19 by 19 × 37 with the strides 19, 1, 37, 1 computes another product',
    );
  });

  it('finds what is wrong in a dense layer, pass by pass', () => {
    const withoutBias = (backend: Backend): Partial<Backend> => ({
      denseForward: (a, weight, _, z, rows, inputs, units) =>
        backend.matmul(z, units, a, inputs, 1, weight, 1, inputs, rows, units, inputs, false),
    });
    expect(check(withoutBias)).toEqual(['z of a dense layer differs from the reference']);
    const blind = (backend: Backend): Partial<Backend> => ({
      denseBackward: (a, weight, dz, dWeight, dBias, _, rows, inputs, units) =>
        backend.denseBackward(a, weight, dz, dWeight, dBias, 0, rows, inputs, units),
    });
    expect(check(blind)).toEqual(['da of a dense layer differs from the reference']);
  });

  it('finds a product that is right only without transposes', () => {
    const straight = (backend: Backend): Partial<Backend> => ({
      matmul: (c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate) =>
        backend.matmul(c, cRow, a, k, 1, b, n, 1, m, n, k, accumulate),
    });
    expect(check(straight)).toHaveLength(6);
  });

  it.each<[string, ProductFault]>([
    [
      '256 steps of the inner dimension, where the last run replaces what was summed before',
      ({ a, b, k, ...rest }) =>
        k > 256 ? { ...rest, k: k - 256, a: a + 256 * rest.aColumn, b: b + 256 * rest.bRow } : { ...rest, a, b, k },
    ],
    ['64 rows, which are left as they were', (product) => ({ ...product, m: Math.min(product.m, 64) })],
    ['64 columns, which are left as they were', (product) => ({ ...product, n: Math.min(product.n, 64) })],
    [
      'a large transpose of A, read as if it were none',
      (product) =>
        product.aColumn > 1 && product.m * product.k > 65536 ? { ...product, aRow: product.k, aColumn: 1 } : product,
    ],
  ])('finds a product that is wrong beyond %s', (_, change) => {
    const wrong = (backend: Backend): Partial<Backend> => ({
      matmul(c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate) {
        const now = change({ a, aRow, aColumn, b, bRow, m, n, k });
        backend.matmul(
          c,
          cRow,
          now.a,
          now.aRow,
          now.aColumn,
          now.b,
          now.bRow,
          bColumn,
          now.m,
          now.n,
          now.k,
          accumulate,
        );
      },
    });
    const faults = check(wrong);
    expect(faults).not.toEqual([]);
    for (const fault of faults) expect(fault).toContain('matmul of 259 × 261 by 261 × 67');
  });

  it('finds two rows that were exchanged, and a product that is added where it should replace', () => {
    const exchanging = (backend: Backend): Partial<Backend> => ({
      matmul(c, cRow, a, ...rest) {
        backend.matmul(c, cRow, a, ...rest);
        const { values } = backend.arena;
        const first = values.slice(c, c + cRow);
        values.copyWithin(c, c + cRow, c + 2 * cRow);
        values.set(first, c + cRow);
      },
    });
    expect(check(exchanging)).toHaveLength(8);
    const adding = (backend: Backend): Partial<Backend> => ({
      matmul: (c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k) =>
        backend.matmul(c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, true),
    });
    expect(check(adding)).toHaveLength(8);
  });

  it.each<[string, (phi: ElementwiseActivation) => Partial<ElementwiseActivation>, readonly string[]]>([
    [
      'the scale of SELU',
      ({ value }) => ({ value: (x) => (x > 0 ? value(x) : value(x) * (1.9 / 1.758)) }),
      ['selu differs'],
    ],
    [
      'a coefficient of softplus',
      ({ value }) => ({ value: (x) => value(x) * (1 + 1e-4 * Math.exp(-x * x)) }),
      ['softplus differs'],
    ],
    [
      'the derivative of Mish',
      ({ derivative }) => ({ derivative: (x) => derivative(x) + 1e-4 * Math.exp(-x * x) }),
      ['the derivative of mish differs'],
    ],
    ['α of ELU, which is taken for 1', () => elu(), ['elu differs', 'the derivative of elu differs']],
  ])('finds a wrong number in %s', (_, change, expected) => {
    const name = expected[0]?.replace('the derivative of ', '').replace(' differs', '');
    const wrong = (backend: Backend): Partial<Backend> => {
      const of = (phi: ElementwiseActivation): ElementwiseActivation =>
        phi.name === name ? { ...phi, ...change(phi) } : phi;
      return {
        activationForward: (phi, ...rest) => backend.activationForward(of(phi), ...rest),
        activationBackward: (phi, ...rest) => backend.activationBackward(of(phi), ...rest),
      };
    };
    expect(check(wrong)).toEqual(expected.map((fault) => `${fault} from the reference`));
  });

  it('finds a loop over 64 numbers that is wrong where what is left over is right', () => {
    const wrongInBlocks = (backend: Backend): Partial<Backend> => ({
      activationForward(phi, x, y, length) {
        backend.activationForward(phi, x, y, length);
        if (phi.name === 'tanh' && length >= 128) backend.arena.values[y + 127] += 1e-3;
      },
    });
    expect(check(wrongInBlocks)).toEqual(['tanh differs from the reference']);
  });

  it('finds a derivative that is not multiplied with the gradient from above', () => {
    const unscaled = (backend: Backend): Partial<Backend> => ({
      activationBackward(phi, x, y, upstream, out, length) {
        backend.fill(out, length, 1);
        backend.activationBackward(phi, x, y, out, out, length);
      },
    });
    expect(check(unscaled)).toContain('the derivative of relu differs from the reference');
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

  it('throws on what a lack of memory throws, which is no fault of the backend', () => {
    const noRoom = (): Partial<Backend> => ({
      matmul() {
        throw new ParameterError('There is no room');
      },
    });
    expect(() => check(noRoom)).toThrow(new ParameterError('There is no room'));
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
    expect(refusals[0].faults[0]).toContain('computes another product');
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

  it('is told from a lack of memory, after which it is checked again', () => {
    registerBackend({ ...broken(), builds: () => [{ build: 'portable', reason: null }] });
    const memory = vi.spyOn(WebAssembly, 'Memory');
    const arena = new Arena();
    memory.mockImplementation(function () {
      throw new RangeError('could not allocate memory');
    });
    expect(() => createBackend(arena, 'native')).toThrow(
      /no room for the memory of the self-check of the backend 'native'/,
    );
    memory.mockRestore();
    expect(createBackend(arena, 'native').build).toBe('portable');
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
