import { describe, expect, it } from 'vitest';
import { coreTypeFor } from './openblas.ts';

describe('coreTypeFor', () => {
  it('goes by the vector units, not by the model', () => {
    expect(coreTypeFor('fpu sse2 avx2 fma avx512f avx512bw avx512dq avx512vl amx_tile')).toBe('SkylakeX');
    expect(coreTypeFor('fpu sse2 avx2 fma avx512f')).toBe('Haswell');
    expect(coreTypeFor('fpu sse2 avx')).toBeNull();
  });
});
