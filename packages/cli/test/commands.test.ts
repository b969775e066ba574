import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, makeProject } from './project.ts';

let project: Project;
beforeAll(() => {
  project = makeProject(['counting']);
  for (const name of ['broken', 'empty', 'no-study']) mkdirSync(join(project.folder, 'reports', name));
  writeFileSync(join(project.folder, 'reports/broken/study.ts'), "import './nothing.ts';");
  writeFileSync(join(project.folder, 'reports/empty/study.js'), 'export default { id: 1 };');
});
afterAll(() => project.remove());

describe('relu-lab report list', () => {
  it('lists the studies of the project from any folder in it, and says which cannot be loaded', async () => {
    const { code, out, info } = await project.call(['report', 'list'], { in: 'reports/counting' });
    expect(code).toBe(1);
    expect(out).toBe('counting  Counting squares  (study.ts)\n');
    expect(info).toMatch(/^broken {4}Error: .*broken\/study\.ts cannot be loaded: .*nothing\.ts/);
    expect(info).toMatch(/^empty {5}Error: .*empty\/study\.js exports no study: it needs export default defineStudy/m);
  });

  it('lists them as JSON', async () => {
    const { out } = await project.call(['report', 'list', '--json']);
    expect(JSON.parse(out)).toContainEqual({
      name: 'counting',
      title: 'Counting squares',
      file: 'reports/counting/study.ts',
    });
  });

  it('answers 2 to what it does not understand, and names the help of the command', async () => {
    expect(await project.call(['info', 'extra'])).toMatchObject({
      ...{ code: 2, out: '' },
      info: expect.stringMatching(/too many arguments for 'info'.*\nHelp: relu-lab info --help\n$/) as string,
    });
    expect(await project.call(['report', 'compare', 'one'])).toMatchObject({
      ...{ code: 2, out: '' },
      info: expect.stringMatching(
        /missing required argument 'after'\nHelp: relu-lab report compare --help\n$/,
      ) as string,
    });
  });
});

describe('what is done with reports', () => {
  it('indexes and compares them', async () => {
    for (const seed of ['1', '2']) {
      const { code, info } = await project.run([
        'report',
        'build',
        'counting',
        '--seed',
        seed,
        '--out',
        `out/${seed}`,
        '--set',
        'seeds=2',
      ]);
      expect({ code, info }).toMatchObject({ code: 0 });
    }
    const index = await project.call(['report', 'index', 'out/1']);
    expect(index).toMatchObject({ code: 0, out: 'Index of 1 report: out/1/index.html\n' });
    expect(project.read('out/1/index.html')).toContain('href="counting/report.html"');

    const same = await project.call(['report', 'compare', 'out/1/counting', 'out/1/counting/report.json', '--check']);
    expect(same.code).toBe(0);
    expect(same.out).toContain('Claims that flipped: 0\n');
    const other = await project.call(['report', 'compare', 'out/1/counting', 'out/2/counting', '--html', 'out/c.html']);
    expect(other.out).toMatch(/Parameters that differ: 1\n {2}seed: 1 → 2\nPage: out\/c\.html\n$/);
    expect(project.read('out/c.html')).toContain('Two reports of');
    const json = await project.call(['report', 'compare', 'out/1/counting', 'out/2/counting', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ parameters: [{ name: 'seed', before: 1, after: 2 }] });
  });

  it('refuses what is no report, and a folder that is not there', async () => {
    writeFileSync(join(project.folder, 'old.json'), '{"schema": 9}');
    const old = await project.call(['report', 'compare', 'old.json', 'old.json']);
    expect(old).toMatchObject({ code: 2, out: '' });
    expect(old.info).toMatch(/^Error: old\.json is a report of the newer version 9; this program reads version 1/);
    expect(await project.call(['report', 'index', 'nowhere'])).toMatchObject({ code: 2 });
    const pdf = await project.run(['report', 'pdf', 'nowhere.html'], {
      environment: { CHROME_PATH: '/nowhere/chromium' },
    });
    expect(pdf).toMatchObject({ code: 2 });
    expect(pdf.info).toMatch(/^Error: There is no page .*nowhere\.html/);
  });
});

describe('relu-lab notebook', () => {
  it('hands everything on to the package for notebooks, also its options and its exit code', async () => {
    writeFileSync(
      join(project.folder, 'note.ipynb'),
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 4,
        metadata: {},
        cells: [{ cell_type: 'markdown', source: '# A note' }],
      }),
    );
    const made = await project.run(['notebook', 'html', 'note.ipynb', '--out', 'pages']);
    expect(made).toMatchObject({ code: 0, info: '', out: expect.stringMatching(/^pages\/note\.html /) });
    expect(project.read('pages/note.html')).toContain('<h1>A note</h1>');
    const wrong = await project.run(['notebook', 'rnu', '--help']);
    expect(wrong).toMatchObject({ code: 2, info: expect.stringMatching(/^Usage:\n {2}relu-lab notebook open/) });
    expect((await project.run(['--help'])).out).toMatch(/notebook \[words\.\.\.\]/);
  });
});

describe('relu-lab', () => {
  it('prints versions, and which kernels run and which do not', async () => {
    const { code, out } = await project.run(['info']);
    expect(code).toBe(0);
    for (const pattern of [
      /^relu-lab +0\.\d+\.\d+$/m,
      /^@relu-lab\/core +\d/m,
      /^kernels +wasm simd$/m,
      /^ {2}reference javascript +loads$/m,
      /^ {2}wasm simd +loads$/m,
      /^ {2}native( \w+)? +(loads|does not load: \w+)/m,
      new RegExp(`^node +${process.version}$`, 'm'),
    ]) {
      expect(out).toMatch(pattern);
    }
    const json: unknown = JSON.parse((await project.run(['info', '--json'])).out);
    expect(json).toMatchObject({ node: process.version, kernels: 'wasm simd' });
    expect(json).toHaveProperty(
      'backends',
      expect.arrayContaining([{ name: 'wasm', build: 'simd', loads: true, reason: null }]),
    );
  });

  it('prints help with examples, and its version', async () => {
    const help = await project.call(['report', 'build', '--help']);
    expect(help).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Examples:\n {2}relu-lab report build/) as string,
    });
    expect(await project.run(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });

  it('says what there is when it is called without a command, or with one that there is not', async () => {
    expect(await project.run([])).toMatchObject({
      code: 2,
      info: expect.stringContaining('Usage: relu-lab') as string,
    });
    expect(await project.call(['reprot'])).toMatchObject({
      code: 2,
      info: expect.stringContaining('(Did you mean report?)') as string,
    });
  });

  it('answers 2 to what it does not understand, and names the help of the command', async () => {
    expect(await project.call(['info', 'extra'])).toMatchObject({
      ...{ code: 2, out: '' },
      info: expect.stringMatching(/too many arguments for 'info'.*\nHelp: relu-lab info --help\n$/) as string,
    });
    expect(await project.call(['report', 'compare', 'one'])).toMatchObject({
      ...{ code: 2, out: '' },
      info: expect.stringMatching(
        /missing required argument 'after'\nHelp: relu-lab report compare --help\n$/,
      ) as string,
    });
  });
});
