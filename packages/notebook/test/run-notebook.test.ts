import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type NotebookRun, type RunOptions, describeRun, runNotebook } from '../src/run.ts';
import { temporaryFolder } from './cells.ts';

interface Source {
  readonly code: string;
  readonly tags?: readonly string[];
}

const old = { output_type: 'stream', name: 'stdout', text: ['from an older run\n'] };

function notebookOf(cells: readonly (string | Source)[]): string {
  const written = cells.map((cell) => {
    const { code, tags = [] } = typeof cell === 'string' ? { code: cell } : cell;
    return { cell_type: 'code', execution_count: 9, metadata: { tags }, outputs: [old], source: code };
  });
  const prose = { cell_type: 'markdown', metadata: {}, source: '# Title' };
  return JSON.stringify({ cells: [prose, ...written], metadata: {}, nbformat: 4, nbformat_minor: 4 }, null, 1) + '\n';
}

async function run(
  cells: readonly (string | Source)[],
  options: RunOptions = {},
): Promise<{ readonly run: NotebookRun; readonly before: string; readonly after: string }> {
  const before = notebookOf(cells);
  const path = join(temporaryFolder({ 'n.ipynb': before }), 'n.ipynb');
  const result = await runNotebook(path, options);
  return { run: result, before, after: readFileSync(path, 'utf8') };
}

describe('runNotebook', () => {
  it('runs every cell that has code, in order, and saves the notebook with its outputs on request', async () => {
    const places: number[][] = [];
    const {
      run: done,
      before,
      after,
    } = await run(
      [
        'const a: number = 1;\nconsole.log(process.cwd());',
        '  ',
        { code: "throw new Error('expected')", tags: ['raises-exception'] },
        'setInterval(() => {}, 10); a + 1',
      ],
      { save: true, onCell: ({ number, of, index }) => places.push([number, of, index]) },
    );
    expect(done.status, describeRun(done)).toBe('completed');
    expect(places).toEqual([
      [1, 3, 1],
      [2, 3, 3],
      [3, 3, 4],
    ]);
    expect(done.cells.map(({ index, status, executionCount }) => [index, status, executionCount])).toEqual([
      [1, 'ok', 1],
      [3, 'error', 2],
      [4, 'ok', 3],
    ]);
    expect(done.cells[0].outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: [`${join(done.path, '..')}\n`] },
    ]);
    expect(done.cells[1].outputs).toMatchObject([{ output_type: 'error', ename: 'Error', evalue: 'expected' }]);
    expect(done.document.cells[2]).toMatchObject({ outputs: [], execution_count: null });
    const [prose, ...sources] = JSON.parse(before).cells;
    expect(JSON.parse(after)).toEqual({
      ...JSON.parse(before),
      cells: [
        prose,
        ...sources.map((source: object, at: number) => ({
          ...source,
          execution_count: [1, null, 2, 3][at],
          outputs: done.cells.find(({ index }) => index === at + 1)?.outputs ?? [],
        })),
      ],
    });
    expect(JSON.parse(after)).toEqual(done.document);
  });

  it('stops at a cell that throws, and saves what there is', async () => {
    const { run: done, after } = await run(["console.log('before')", "throw new RangeError('boom')", '1'], {
      save: true,
    });
    expect(done).toMatchObject({ status: 'failed', cell: 2, failure: { name: 'RangeError', message: 'boom' } });
    expect(done.cells.map(({ status }) => status)).toEqual(['ok', 'error', 'not run']);
    expect(describeRun(done)).toMatch(/n\.ipynb, cell 3 of 4: RangeError: boom$/);
    const { cells } = JSON.parse(after);
    expect(cells[2].outputs).toMatchObject([{ output_type: 'error', ename: 'RangeError' }]);
    expect(cells[3]).toMatchObject({ execution_count: null, outputs: [] });
  });

  it('fails at a promise that nobody handles, although all cells end well, and leaves the file alone', async () => {
    const { run: done, before, after } = await run(["void Promise.reject(new Error('lost'));", '1']);
    expect(done).toMatchObject({
      status: 'failed',
      failure: { name: 'UnhandledPromiseRejection', message: 'Error: lost' },
    });
    expect(after).toBe(before);
  });

  it('fails at a promise that is rejected soon after the last cell has ended', async () => {
    const { run: done } = await run(["setTimeout(() => void Promise.reject(new Error('late')), 30); undefined"]);
    expect(done).toMatchObject({ status: 'failed', cell: 1, failure: { message: 'Error: late' } });
  });

  it('ends a cell that computes for ever, at the time limit', async () => {
    const { run: done } = await run(['while (true) {}', '1'], { timeLimit: 1 });
    expect(done).toMatchObject({ status: 'timed-out', cell: 1, timeLimit: 1 });
    expect(done.cells[0]).toMatchObject({ status: 'not run', outputs: [{ ename: 'TimeOut' }] });
    expect(describeRun(done)).toMatch(/cell 2 of 3: did not end within 1 s$/);
  });

  it('says that and why the kernel died', async () => {
    const { run: done } = await run(["console.log('last words'); process.exit(0)", '1']);
    expect(done).toMatchObject({ status: 'kernel-died', cell: 1, reason: 'The kernel ended (exit code 0)' });
    expect(done.cells[0].outputs).toMatchObject([{ text: ['last words\n'] }, { ename: 'KernelDied' }]);
  });

  it('ends when it is told to, and does not touch the file', async () => {
    const controller = new AbortController();
    const options = { save: true, signal: controller.signal, onCell: () => setTimeout(() => controller.abort(), 100) };
    const { run: done, before, after } = await run(['await new Promise(() => {});'], options);
    expect(done).toMatchObject({ status: 'aborted', cell: 1 });
    expect(after).toBe(before);
  });

  it('has no time limit where that is longer than a timer can wait', async () => {
    const { run: done } = await run(['await new Promise((resolve) => setTimeout(resolve, 50)); 1'], {
      timeLimit: Infinity,
    });
    expect(done.status, describeRun(done)).toBe('completed');
    const { run: long } = await run(['await new Promise((resolve) => setTimeout(resolve, 50)); 1'], { timeLimit: 3e6 });
    expect(long.status, describeRun(long)).toBe('completed');
  });

  it('refuses a notebook in another language, before a kernel starts', async () => {
    for (const metadata of [
      { kernelspec: { language: 'python', name: 'python3' } },
      { language_info: { name: 'python' } },
    ]) {
      const document = { ...JSON.parse(notebookOf(['print(1)'])), metadata };
      const path = join(temporaryFolder({ 'n.ipynb': JSON.stringify(document) }), 'n.ipynb');
      const refused = runNotebook(path);
      await expect(refused).rejects.toThrow(DataError);
      await expect(refused).rejects.toThrow(
        `${path} is a notebook in python; only notebooks in TypeScript can be run here`,
      );
    }
  });

  it('refuses a file that is no notebook, and a time limit that is none, before a kernel starts', async () => {
    const path = join(temporaryFolder({ 'n.ipynb': 'console.log(1)' }), 'n.ipynb');
    await expect(runNotebook(path)).rejects.toThrow(DataError);
    for (const timeLimit of [0, -1, NaN]) {
      await expect(runNotebook(path, { timeLimit })).rejects.toThrow(ParameterError);
    }
  });
});
