import type { Arena } from '../arena.ts';
import type { Backend } from '../backend.ts';
import type { BackendProvider } from './provider.ts';
import { referenceActivations } from './reference/activations.ts';
import { referenceDense } from './reference/dense.ts';
import { referenceElementwise } from './reference/elementwise.ts';
import { referenceLosses } from './reference/losses.ts';
import { referenceMaxout } from './reference/maxout.ts';
import { referenceOptimisers } from './reference/optimisers.ts';
import { referencePrelu } from './reference/prelu.ts';
import { referenceProducts } from './reference/products.ts';
import { referenceReductions } from './reference/reductions.ts';

/** Plain JavaScript on float32 or float64 arenas, with every sum in float64: the oracle that compiled kernels are held against. */
export function referenceBackend(arena: Arena): Backend {
  const products = referenceProducts(arena);
  const reductions = referenceReductions(arena);
  return {
    name: 'reference',
    build: 'javascript',
    arena,
    ...products,
    ...reductions,
    ...referenceDense(arena, { ...products, ...reductions }),
    ...referenceElementwise(arena),
    ...referenceActivations(arena),
    ...referencePrelu(arena),
    ...referenceMaxout(arena),
    ...referenceLosses(arena),
    ...referenceOptimisers(arena),
  };
}

export const referenceProvider: BackendProvider = {
  name: 'reference',
  builds: () => [{ build: 'javascript', reason: null }],
  create: referenceBackend,
};
