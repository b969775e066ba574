import { basename } from 'node:path';
import type { EngineInfo } from './host.ts';

/** The linear algebra that PyTorch really uses, and whether a ratio against it counts. */
export interface Blas {
  readonly name: 'OpenBLAS' | 'MKL' | 'BLIS' | 'Accelerate' | 'reference' | 'unknown';
  /** What the library says of itself, or the file that is loaded. */
  readonly detail: string;
  /** Torch's own product of 512 × 512 matrices over the peak of the core; null where the peak was not measured. */
  readonly shareOfPeak: number | null;
  readonly counts: boolean;
  /** Why it counts, or does not. */
  readonly reason: string;
}

/** Below this share of the peak a matrix product is not what PyTorch can do. */
export const leastShareOfPeak = 0.3;

/**
 * What is under PyTorch, from the files that its process has loaded and how it was built.
 *
 * Debian links PyTorch to whatever `libblas.so.3` is: without more, the reference BLAS, 25 times slower than OpenBLAS. So
 * the files that are loaded speak first, then how it was built, and the speed has the last word.
 */
export function judgeBlas(info: EngineInfo, shareOfPeak: number | null): Blas {
  const { name, detail } = detectBlas(info);
  const found = { name, detail, shareOfPeak };
  if (name === 'reference') {
    return { ...found, counts: false, reason: 'PyTorch runs on the reference BLAS, which is no fair opponent' };
  }
  if (shareOfPeak !== null && shareOfPeak < leastShareOfPeak) {
    const percent = (share: number): string => `${Math.round(share * 100)} %`;
    return {
      ...found,
      counts: false,
      reason: `PyTorch's own product of 512 × 512 reaches ${percent(shareOfPeak)} of the peak, less than ${percent(leastShareOfPeak)}`,
    };
  }
  if (shareOfPeak === null && name === 'unknown') {
    return { ...found, counts: false, reason: 'neither the BLAS under PyTorch nor the peak of the machine is known' };
  }
  return { ...found, counts: true, reason: 'an optimised BLAS' };
}

const byFile: readonly (readonly [RegExp, Blas['name']])[] = [
  [/openblas/i, 'OpenBLAS'],
  [/mkl_/i, 'MKL'],
  [/blis/i, 'BLIS'],
  [/Accelerate/, 'Accelerate'],
];

function detectBlas({ blasFiles = '', blasBuilt = '', openblas = '' }: EngineInfo): Pick<Blas, 'name' | 'detail'> {
  if (openblas !== '') return { name: 'OpenBLAS', detail: openblas };
  const files = blasFiles.split(':').filter((file) => file !== '');
  for (const [pattern, name] of byFile) {
    const file = files.find((path) => pattern.test(path));
    if (file !== undefined) return { name, detail: basename(file) };
  }
  const plain = files.find((file) => /^lib(c)?blas\.so/.test(basename(file)));
  if (plain !== undefined) return { name: 'reference', detail: basename(plain) };
  const built: Readonly<Record<string, Blas['name']>> = { mkl: 'MKL', open: 'OpenBLAS', accelerate: 'Accelerate' };
  const name = built[blasBuilt.toLowerCase()] ?? 'unknown';
  return { name, detail: blasBuilt === '' ? 'no file of a BLAS is loaded' : `built with ${blasBuilt}` };
}
