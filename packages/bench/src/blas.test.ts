import { describe, expect, it } from 'vitest';
import { judgeBlas } from './blas.ts';

/** What PyTorch said on real machines. */
const recorded = {
  debian: {
    torch: '1.13.0a0',
    blasBuilt: 'generic',
    blasFiles: '/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0',
    openblas: '',
  },
  debianWithOpenblas: {
    torch: '1.13.0a0',
    blasBuilt: 'generic',
    blasFiles:
      '/cache/usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3:/cache/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblasp-r0.3.21.so',
    openblas: 'OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY USE_OPENMP Cooperlake MAX_THREADS=64',
  },
  wheel: { torch: '2.3.0+cpu', blasBuilt: 'mkl', blasFiles: '', openblas: '' },
  conda: { torch: '2.3.0', blasBuilt: 'mkl', blasFiles: '/opt/conda/lib/libmkl_core.so.2', openblas: '' },
  stranger: { torch: '3.0.0', blasBuilt: '', blasFiles: '', openblas: '' },
};

describe('the BLAS under PyTorch', () => {
  it("is the reference BLAS with Debian's package alone, and does not count however fast it looks", () => {
    expect(judgeBlas(recorded.debian, 0.9)).toMatchObject({ name: 'reference', counts: false });
    expect(judgeBlas(recorded.debian, 0.03).reason).toMatch(/reference BLAS/);
  });

  it('is OpenBLAS where that was put under it, and counts', () => {
    const { name, detail, counts } = judgeBlas(recorded.debianWithOpenblas, 0.8);
    expect({ name, counts }).toEqual({ name: 'OpenBLAS', counts: true });
    expect(detail).toContain('0.3.21');
  });

  it('is MKL in the wheels, which hold it without a file of its own, and in Conda, which has files', () => {
    expect(judgeBlas(recorded.wheel, 0.8)).toMatchObject({ name: 'MKL', counts: true });
    expect(judgeBlas(recorded.conda, 0.8)).toMatchObject({ name: 'MKL', detail: 'libmkl_core.so.2', counts: true });
  });

  it('does not count when its own product is slow, whatever it is called', () => {
    const { counts, reason } = judgeBlas(recorded.debianWithOpenblas, 0.12);
    expect(counts).toBe(false);
    expect(reason).toContain('12 % of the peak');
  });

  it('counts by its speed alone where nobody knows its name, and not without either', () => {
    expect(judgeBlas(recorded.stranger, 0.7)).toMatchObject({ name: 'unknown', counts: true });
    expect(judgeBlas(recorded.stranger, null)).toMatchObject({ name: 'unknown', counts: false });
    expect(judgeBlas(recorded.wheel, null)).toMatchObject({ name: 'MKL', counts: true });
  });
});
