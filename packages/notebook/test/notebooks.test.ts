import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kernelFolder } from '../src/kernel/kernel-program.ts';
import { type NotebookRun, describeRun, readNotebook, runNotebook } from '../src/run.ts';
import { notebooks } from './cells.ts';

/** What each notebook promises: figures with data in them. */
const promised: Readonly<Record<string, { readonly figures: number }>> = {
  'first-look.ipynb': { figures: 5 },
};

const files = readdirSync(notebooks).filter((name) => name.endsWith('.ipynb'));

/** The figures of a run whose every trace holds something. */
function figuresOf({ cells }: NotebookRun): readonly object[] {
  return cells
    .flatMap(({ outputs }) => outputs)
    .flatMap((output) => ('data' in output ? [output.data['application/vnd.plotly.v1+json']] : []))
    .filter((figure): figure is { readonly data: readonly Readonly<Record<string, unknown>>[] } => {
      const { data } = (figure ?? {}) as { readonly data?: unknown };
      return (
        Array.isArray(data) &&
        data.length > 0 &&
        data.every((trace) => [trace.y, trace.z].flat(2).some(Number.isFinite))
      );
    });
}

it('every notebook says here what it promises', () => {
  expect(Object.keys(promised).sort()).toEqual([...files].sort());
});

describe.each(files)('%s', (name) => {
  const path = join(notebooks, name);

  it('runs from top to bottom, and shows what it promises', async () => {
    // The slowest machine that it is meant for has 60 s; it must not need them.
    const run = await runNotebook(path, { timeLimit: 60 });
    expect(run.status, describeRun(run)).toBe('completed');
    expect(run.cells.map(({ status }) => status)).toEqual(run.cells.map(() => 'ok'));
    expect(run.cells.map(({ executionCount }) => executionCount)).toEqual(run.cells.map((_, at) => at + 1));
    const stderr = run.cells
      .flatMap(({ outputs }) => outputs)
      .filter((output) => 'name' in output && output.name === 'stderr');
    expect(stderr).toEqual([]);
    expect(figuresOf(run)).toHaveLength(promised[name].figures);
    expect(run.timing.seconds).toBeLessThan(60);
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

if (hasJupyter) {
  describe('Jupyter itself', () => {
    it('runs a notebook with nbconvert, on the kernel that JUPYTER_PATH names', () => {
      const copy = join(notebooks, '.executed-by-nbconvert.ipynb');
      copyFileSync(join(notebooks, 'first-look.ipynb'), copy);
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
}
