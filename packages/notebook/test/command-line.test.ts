import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kernelFolder } from '../src/kernel/kernel-program.ts';
import { repository, temporaryFolder } from './cells.ts';

const program = join(repository, 'packages', 'notebook', 'bin', 'relu-lab-notebook.js');

function command(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

const notebook = (code: string): string =>
  JSON.stringify({
    cells: [{ cell_type: 'code', metadata: {}, source: code }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
  });

describe('relu-lab-notebook', () => {
  it('runs notebooks, and says of each how it went', () => {
    const folder = temporaryFolder({
      'good.ipynb': notebook('1 + 1'),
      'bad.ipynb': notebook("throw new Error('boom')"),
    });
    const [good, bad] = [join(folder, 'good.ipynb'), join(folder, 'bad.ipynb')];
    const { status, stdout, stderr } = command(['run', bad, good, '--save']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/bad\.ipynb, cell 1 of 1: Error: boom\n/);
    expect(stdout).toMatch(/good\.ipynb: 1 cell in .* s, saved\n/);
    expect(JSON.parse(readFileSync(good, 'utf8')).cells[0].outputs).toMatchObject([{ text: ['2\n'] }]);
  });

  it('refuses other values for what is no parameter', () => {
    const source = { cell_type: 'code', metadata: { tags: ['parameters'] }, source: "const n = 1;\nconst name = 'a';" };
    const document = JSON.parse(notebook('1'));
    const path = join(temporaryFolder({ 'n.ipynb': JSON.stringify({ ...document, cells: [source] }) }), 'n.ipynb');
    expect(command(['run', path, '--set', 'nam=1'])).toMatchObject({
      status: 1,
      stderr: "The notebook has no parameter 'nam' (did you mean 'name'?); it has n, name\n",
    });
    expect(command(['run', path, '--set', 'n'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('NAME=VALUE'),
    });
  });

  it('says how it is used', () => {
    for (const args of [['--help'], ['run', '--help'], ['html', 'x.ipynb', '-h']]) {
      expect(command(args), args.join(' ')).toMatchObject({
        status: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Usage:/),
      });
    }
  });

  it('says what is wrong with a file, and with a command', () => {
    const missing = command(['run', '/no/such.ipynb']);
    expect(missing).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^The notebook \/no\/such\.ipynb cannot be read/),
    });
    expect(command(['run', 'x.ipynb', '--time-limit', 'soon']).stderr).toMatch(/timeLimit must be a positive number/);
    for (const args of [
      ['run'],
      ['html'],
      ['pictures'],
      ['run', 'x.ipynb', '--sav'],
      ['rnu'],
      ['install-kernel', 'now'],
    ]) {
      expect(command(args), args.join(' ')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage:') });
    }
  });

  it('makes a page of a notebook as it is, where it is told to', () => {
    const folder = temporaryFolder({ 'a.ipynb': notebook('1 + 1'), 'b.ipynb': notebook('2 + 2') });
    const [a, b] = [join(folder, 'a.ipynb'), join(folder, 'b.ipynb')];
    expect(command(['html', a])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(join(folder, 'a.html')),
      stderr: `${a} has no outputs: with --run they are made\n`,
    });
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toContain('<code>1 + 1</code>');
    expect(command(['html', a, b, '--out', join(folder, 'pages')]).status).toBe(0);
    expect(command(['html', a, '--out', join(folder, 'own.html')]).status).toBe(0);
    for (const page of ['pages/a.html', 'pages/b.html', 'own.html']) expect(existsSync(join(folder, page))).toBe(true);
    expect(command(['html', a, '--out', join(a, 'x.html')])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/x\.html cannot be written \(.*\)\n/),
    });
  });

  it('runs a notebook for its page on request, with other values, and leaves the file alone', () => {
    const source = { cell_type: 'code', metadata: { tags: ['parameters'] }, source: "const n = 1;\nconst name = 'a';" };
    const document = JSON.parse(notebook('console.log(n + 1, name)'));
    const folder = temporaryFolder({ 'n.ipynb': JSON.stringify({ ...document, cells: [source, ...document.cells] }) });
    const path = join(folder, 'n.ipynb');
    const before = readFileSync(path, 'utf8');
    const { status, stderr } = command(['html', path, '--run', '--set', 'n=41', '--set', 'name=b c']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'n.html'), 'utf8')).toMatch(/<pre class="said plain" tabindex="0">42 b c<\/pre>/);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(command(['html', path, '--set', 'n=41'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--set needs --run'),
    });
  });

  it('refuses to make a page or pictures of what is no notebook', () => {
    const folder = temporaryFolder({ 'text.ipynb': 'no JSON', 'old.ipynb': '{"nbformat": 3, "worksheets": []}' });
    for (const verb of ['html', 'pictures']) {
      expect(command([verb, join(folder, 'text.ipynb')])).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('is not a notebook: it is not JSON'),
      });
      expect(command([verb, join(folder, 'old.ipynb')])).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('only format 4'),
      });
    }
    expect(readFileSync(join(folder, 'text.ipynb'), 'utf8')).toBe('no JSON');
  });

  it('installs the kernel, and takes it away', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'kernels', 'relu-lab', 'kernel.json');
    const env = { JUPYTER_DATA_DIR: folder };
    const installed = command(['install-kernel'], env);
    expect(installed).toMatchObject({ status: 0, stdout: expect.stringContaining(path) });
    expect(existsSync(path)).toBe(true);
    expect(command(['uninstall-kernel'], env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(dirname(path)),
    });
    expect(command(['uninstall-kernel'], env)).toMatchObject({ status: 0, stdout: 'There was no kernel to remove.\n' });
  });

  it('starts Jupyter with the kernel listed, and hands its arguments and its end on', () => {
    const folder = temporaryFolder({
      'jupyter-notebook': '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "$JUPYTER_PATH|$*"\nexit 3\n',
    });
    chmodSync(join(folder, 'jupyter-notebook'), 0o755);
    const env = { PATH: folder, JUPYTER_PATH: '/elsewhere' };
    expect(command(['open', 'notebooks', '--no-browser'], env)).toMatchObject({
      status: 3,
      stdout: `${kernelFolder}${delimiter}/elsewhere|notebooks --no-browser\n`,
    });
  });

  it('says how to go on where there is no Jupyter', () => {
    const { status, stderr } = command(['open'], { PATH: temporaryFolder() });
    expect(status).toBe(1);
    for (const way of ['npm run kernel:install', 'pip install jupyterlab', 'npm run notebook:run']) {
      expect(stderr).toContain(way);
    }
  });
});
