import { describe, expect, it } from 'vitest';
import type { Figure } from '@relu-lab/report';
import { madeUpResults } from '../../test/made-up-results.ts';
import { targets } from '../targets.ts';
import { resultsPage } from './results-page.ts';
import { productsFigure, stepsFigure } from './figures.ts';

/** The cells of the first table row that begins with `first`. */
function row(page: string, first: string): readonly string[] {
  const line = page.split('\n').find((one) => one.startsWith(`| ${first}`));
  return (line ?? '').split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim());
}

describe('RESULTS.md', () => {
  const page = resultsPage(madeUpResults(), [{ id: 'steps', alt: 'Points "and" lines', caption: 'Steps.' }]);

  it('says where the numbers come from', () => {
    expect(page).toContain('2030-05-06 07:08 UTC, Difference Engine, 2 cores');
    expect(page).toContain('3 rounds in 1 min 15 s, other work on 0.3 processors');
    expect(page).toContain(
      'PyTorch stands on OpenBLAS (OpenBLAS 0.3), whose product of 512 × 512 reaches 80 % of the peak.',
    );
  });

  it('says when other work ran, and not when the machine was quiet', () => {
    const { machine } = madeUpResults();
    expect(page).not.toContain('Other work');
    expect(resultsPage(madeUpResults({ machine: { ...machine, load: 3 } }), [])).toContain('**Other work ran');
  });

  it('has the speed against the better PyTorch', () => {
    expect(row(page, 'training step, 2-64-64-2, batch 128')).toEqual(['training step, 2-64-64-2, batch 128', '× 1.05']);
  });

  it('marks a speed for which the core was shared in most rounds', () => {
    const results = madeUpResults();
    const shared = results.entries.map((entry) => ({ ...entry, sharedRounds: 2 }));
    expect(row(resultsPage({ ...results, entries: shared }, []), 'training step, 2-64-64-2')).toContain('× 1.05†');
  });

  it('has every target with what was measured', () => {
    expect(page).toContain(`2 of ${targets.length} targets are met`);
    expect(row(page, 'matrix product, n = 64 ')).toEqual([
      'matrix product, n = 64',
      'relu-lab wasm simd, Node 20',
      '128-bit ceiling, in C',
      '≥ 0.45',
      '0.500',
      '0.500 – 0.500',
      '✓ met',
    ]);
    expect(page).toContain('– not measured: it is not built');
  });

  it('has medians with half the distance between the quartiles', () => {
    expect(row(page, 'PyTorch, 1 thread')).toContain('160 µs ±3 %');
    expect(row(page, 'relu-lab wasm simd, Node 20 ')).toContain('25.0 ±0.0 %');
  });

  it('fits how cost grows', () => {
    expect(row(page, 'width')).toEqual([
      'width',
      'relu-lab wasm simd, Node 20',
      '16: 10.0 µs; 32: 40.0 µs; 64: 160 µs',
      '2.00 (2.00 to 2.00)',
      '2.00',
    ]);
  });

  it('tells tasks as they were when they were measured', () => {
    expect(row(page, 'short naps')).toEqual(['short naps', '500 ms ±0.0 %', '20.0 naps/s']);
  });

  it('names who did not take part, and what could not be done', () => {
    expect(row(page, 'relu-lab native, Node 20')).toContain('it is not built');
    expect(page).toContain('- PyTorch, 2 threads, wide: ended with SIGKILL');
  });

  it('shows a picture in light and dark, with its words', () => {
    expect(page).toContain('srcset="results/steps-dark.svg"');
    expect(page).toContain('alt="Points &quot;and&quot; lines"');
    expect(page).not.toContain('results/matmul.svg');
  });

  it('says in bold that ratios do not count over the reference BLAS', () => {
    const reference = resultsPage(
      madeUpResults({
        blas: { name: 'reference', detail: 'libblas.so.3', shareOfPeak: 0.03, counts: false, reason: 'it is slow' },
      }),
      [],
    );
    expect(reference).toContain('**ratios against it do not count**, since it is slow');
    expect(reference).toContain('– not counted: it is slow');
    expect(reference).toContain('**None of these ratios counts**: it is slow.\n\n| speed against PyTorch');
    expect(page).not.toContain('None of these');
  });

  it('holds together without PyTorch, a C compiler, or any number', () => {
    const empty = resultsPage(madeUpResults({ entries: [], refusals: [], blas: null }), []);
    expect(empty).toContain('PyTorch was not there.');
    expect(empty).toContain(`0 of ${targets.length} targets are met`);
    expect(empty).not.toMatch(/NaN|undefined/);
  });
});

describe('the pictures', () => {
  it('have the ratios and rates of the results', () => {
    expect(stepsFigure(madeUpResults())?.table).toEqual([
      expect.objectContaining({ contender: 'relu-lab wasm simd, Node 20', speed: expect.closeTo(1.05, 9) as number }),
    ]);
    expect(productsFigure(madeUpResults())?.table[0]).toMatchObject({ x: 64 });
  });

  it('say when no ratio counts, and which marks say little', () => {
    const results = madeUpResults();
    const blas = { name: 'reference', detail: '', shareOfPeak: null, counts: false, reason: 'it is slow' } as const;
    const shared = results.entries.map((entry) => ({ ...entry, sharedRounds: 3 }));
    const [plain, marked] = [stepsFigure(results), stepsFigure({ ...results, blas, entries: shared })];
    expect(plain?.layout['xaxis']).toMatchObject({ title: { text: 'times as fast as PyTorch' } });
    expect(plain?.caption).not.toMatch(/count|Hollow/);
    expect(marked?.layout['xaxis']).toMatchObject({
      title: { text: 'times as fast as PyTorch; does not count: it is slow' },
    });
    expect(marked?.caption).toMatch(/Hollow: .* \*\*None of it counts\*\*: it is slow\./);
    expect(marked?.data[0]).toMatchObject({ marker: { symbol: [expect.stringMatching(/-open$/)] } });
  });

  it('draw an engine alike in both, and have ticks at the sizes', () => {
    const colorIn = (figure: Figure | undefined): unknown =>
      figure?.data.flatMap((trace) =>
        trace['name'] === 'relu-lab wasm simd, Node 20' && trace['marker'] !== undefined
          ? [(trace['marker'] as { color: string }).color]
          : [],
      );
    expect(colorIn(stepsFigure(madeUpResults()))).toEqual(colorIn(productsFigure(madeUpResults())));
    expect(productsFigure(madeUpResults())?.layout['xaxis']).toMatchObject({ tickvals: [64], ticktext: ['64'] });
  });

  it('are left out where there is nothing to draw', () => {
    expect(stepsFigure(madeUpResults({ entries: [] }))).toBeUndefined();
    expect(productsFigure(madeUpResults({ entries: [] }))).toBeUndefined();
  });
});
