import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kernelFolder } from '../src/kernel/kernel-program.ts';
import { type NotebookRun, type RunOptions, describeRun, readNotebook, runNotebook } from '../src/run.ts';
import { notebooks } from './cells.ts';

/** What each notebook promises: figures with data in them; and what makes it short enough for a test. */
const promised: Readonly<
  Record<string, { readonly figures: number; readonly parameters: NonNullable<RunOptions['parameters']> }>
> = {
  '01-meet-the-family.ipynb': { figures: 3, parameters: { draws: 5000 } },
  '02-sparsity.ipynb': { figures: 5, parameters: { samples: 300, epochs: 2 } },
  '03-dying-relu.ipynb': { figures: 6, parameters: { epochs: 4, runs: 2, networks: 20 } },
  '04-gradient-flow.ipynb': { figures: 5, parameters: { hidden: 6, width: 24, samples: 64, epochs: 2 } },
  '05-initialisation.ipynb': { figures: 5, parameters: { seeds: [0], epochs: 1, draws: 20 } },
  '06-folding-space.ipynb': { figures: 5, parameters: { folds: 3, seeds: [0], neurons: [8, 16], epochs: 4 } },
  '07-normalisation.ipynb': { figures: 5, parameters: { depth: 8, width: 32, draws: 2, samples: 200, epochs: 2 } },
  '08-your-own-activation.ipynb': { figures: 4, parameters: { seeds: 2, epochs: 4 } },
};

const files = readdirSync(notebooks).filter((name) => name.endsWith('.ipynb'));

/** For each figure of a run, how many finite numbers it draws. */
function numbersInFigures({ cells }: NotebookRun): readonly number[] {
  return cells
    .flatMap(({ outputs }) => outputs)
    .flatMap((output) => ('data' in output ? [output.data['application/vnd.plotly.v1+json']] : []))
    .filter((figure) => figure !== undefined)
    .map((figure) => {
      const { data } = figure as { readonly data: readonly Readonly<Record<string, unknown>>[] };
      return data.flatMap((trace) => [trace.x, trace.y, trace.z].flat(3)).filter(Number.isFinite).length;
    });
}

it('every notebook says here what it promises', () => {
  expect(Object.keys(promised).sort()).toEqual([...files].sort());
});

describe.each(files)('%s', (name) => {
  const path = join(notebooks, name);

  // Longer than usual: a machine that does other things at the same time may be several times slower.
  it('runs from top to bottom, and shows what it promises', { timeout: 300_000 }, async () => {
    const { figures, parameters } = promised[name];
    const run = await runNotebook(path, { timeLimit: 120, parameters });
    expect(run.status, describeRun(run)).toBe('completed');
    expect(run.cells.map(({ status }) => status)).toEqual(run.cells.map(() => 'ok'));
    expect(run.cells.map(({ executionCount }) => executionCount)).toEqual(run.cells.map((_, at) => at + 1));
    const stderr = run.cells
      .flatMap(({ outputs }) => outputs)
      .filter((output) => 'name' in output && output.name === 'stderr');
    expect(stderr).toEqual([]);
    const numbers = numbersInFigures(run);
    expect(numbers).toHaveLength(figures);
    expect(Math.min(...numbers)).toBeGreaterThan(3);
  });

  it('is kept without outputs, for the kernel of this package', () => {
    const { document, text } = readNotebook(path);
    for (const cell of document.cells.filter(({ cell_type: type }) => type === 'code')) {
      expect([cell.outputs, cell.execution_count]).toEqual([[], null]);
    }
    expect(document.metadata).toMatchObject({ kernelspec: { name: 'relu-lab', language: 'typescript' } });
    expect(text.length).toBeLessThan(100_000);
  });
});

const hasJupyter = spawnSync('jupyter-nbconvert', ['--version'], { stdio: 'ignore' }).status === 0;

describe('Jupyter itself', () => {
  if (!hasJupyter) {
    const reason =
      'NO JUPYTER: no notebook was run by nbconvert. Install it: apt-get install jupyter-nbconvert jupyter-client.';
    it(reason, ({ skip }) => skip(reason));
    return;
  }
  it('runs a notebook with nbconvert, on the kernel that JUPYTER_PATH names', { timeout: 300_000 }, () => {
    const copy = join(notebooks, '.executed-by-nbconvert.ipynb');
    const text = readFileSync(join(notebooks, '01-meet-the-family.ipynb'), 'utf8');
    writeFileSync(copy, text.replace('200_000', '5000'));
    onTestFinished(() => rmSync(copy, { force: true }));
    const args = ['--to', 'notebook', '--execute', '--inplace', copy];
    const env = { ...process.env, JUPYTER_PATH: kernelFolder };
    const { status, stderr } = spawnSync('jupyter-nbconvert', args, { encoding: 'utf8', env });
    expect(status, stderr).toBe(0);
    const counts = JSON.parse(readFileSync(copy, 'utf8'))
      .cells.filter(({ cell_type: type }: { readonly cell_type: string }) => type === 'code')
      .map(({ execution_count: count }: { readonly execution_count: number }) => count);
    expect(counts).toEqual(counts.map((_: number, at: number) => at + 1));
  });
});
