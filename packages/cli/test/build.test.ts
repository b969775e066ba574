import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Project, makeProject } from './project.ts';

let project: Project;
beforeAll(() => {
  project = makeProject(['counting']);
});
afterAll(() => project.remove());
beforeEach(() => {
  for (const name of ['dist', 'notes']) rmSync(join(project.folder, name), { recursive: true, force: true });
  mkdirSync(join(project.folder, 'notes'));
});

const page = 'dist/reports/counting/report.html';
const noting = (): string[] => ['--set', `notes=${join(project.folder, 'notes')}`];
const calls = (): string[] => project.read('notes/calls').trim().split('\n').sort();

describe('relu-lab report build', () => {
  it('builds a study, says what became of its claims, and ends by naming the page', async () => {
    const { code, out, info } = await project.run(['report', 'build', 'counting', '--workers', '2']);
    expect({ code, out: out.replaceAll('\u00a0', ' ') }).toEqual({
      code: 0,
      out:
        '✓ supported  Squares are large.  1,000,000 (1,000,000 to 1,004,004, 3 seeds)\n' +
        `Claims: 1 supported\nReport: ${page}\n`,
    });
    expect(info).toMatch(/^Counting squares \(quick profile, seed 1\)\n/);
    for (const seed of [1000, 1001, 1002]) expect(info).toMatch(new RegExp(`\\d/6  [ab] ${seed} done`));
    expect(project.exists(page)).toBe(true);
    expect(project.exists('dist/reports/counting/data/fig-squares.csv')).toBe(true);
    expect(project.exists('dist/reports/counting/runs.jsonl')).toBe(false);
    expect(JSON.parse(project.read('dist/reports/counting/report.json'))).toMatchObject({
      schema: 1,
      seed: 1,
      profile: 'quick',
      claims: [{ id: 'squares-are-large', verdict: 'supported' }],
      provenance: { workers: 2, command: 'relu-lab report build counting --profile quick --seed 1' },
    });
  });

  it('takes seed, profile, parameters, folder and the path of a file, and is quiet when asked', async () => {
    const words = ['--seed', '7', '--profile', 'full', '--set', 'seeds=2', '--out', '../elsewhere', '--quiet'];
    const { code, out, info } = await project.run(['report', 'build', './counting/study.ts', ...words], {
      in: 'reports',
    });
    expect({ code, info }).toEqual({ code: 0, info: '' });
    expect(out).toMatch(/^Report: .*elsewhere\/counting\/report\.html\n$/);
    expect(JSON.parse(project.read('elsewhere/counting/report.json'))).toMatchObject({
      seed: 7,
      profile: 'full',
      parameters: { seeds: 2 },
      figures: [{ rows: [{ seed: 7000 }, { seed: 7001 }, { seed: 7000 }, { seed: 7001 }] }],
      provenance: { command: 'relu-lab report build ./counting/study.ts --profile full --seed 7 --set seeds=2' },
    });
  });

  it('prints JSON and nothing else on standard output when asked', async () => {
    const { code, out } = await project.run(['report', 'build', 'counting', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        id: 'counting',
        status: 'completed',
        report: page,
        claims: [{ id: 'squares-are-large', verdict: 'supported', expected: 'supported' }],
        problems: [],
      },
    ]);
  });

  it('warns of an unexpected verdict, and fails with --check', async () => {
    const words = ['report', 'build', 'counting', '--set', 'threshold=1e9'];
    const warned = await project.run(words);
    expect(warned.code).toBe(0);
    expect(warned.info).toContain('Warning: squares-are-large is refuted, and supported was expected');
    const checked = await project.run([...words, '--check']);
    expect(checked.code).toBe(1);
    expect(checked.info).toContain('Check failed: squares-are-large is refuted, and supported was expected');
    expect(checked.out).toContain(`Report: ${page}`);
  });

  it('writes the page and fails when a figure cannot be made', async () => {
    const { code, out, info } = await project.run(['report', 'build', 'counting', '--set', 'brokenFigure=true']);
    expect(code).toBe(1);
    expect(info).toContain('Problem: fig-squares: the pencil broke');
    expect(out).toContain(`Report: ${page}`);
    expect(project.read(page)).toContain('<strong>fig-squares</strong> the pencil broke');
  });

  it('keeps what was finished when a run fails, and the same command continues', async () => {
    writeFileSync(join(project.folder, 'notes/fail-1002'), '');
    const words = ['report', 'build', 'counting', ...noting()];
    const failed = await project.run(words);
    expect(failed.code).toBe(1);
    expect(failed.info).toContain('Error: 2 of 6 runs failed. The first, a 1002: Error: the dice fell off the table\n');
    expect(failed.info).toContain(
      '4 finished runs are kept in dist/reports/counting/runs.jsonl; the same command continues',
    );
    expect(failed.info).not.toMatch(/^\s+at /m);
    expect(project.exists(page)).toBe(false);
    expect((await project.run([...words, '--verbose'])).info).toMatch(/^\s+at count /m);

    rmSync(join(project.folder, 'notes/fail-1002'));
    rmSync(join(project.folder, 'notes/calls'));
    const continued = await project.run(words);
    expect(continued.code).toBe(0);
    expect(continued.info).toContain('Continuing: 4 finished runs are there already.');
    expect(calls()).toEqual(['a 1002', 'b 1002']);
    expect(project.exists('dist/reports/counting/runs.jsonl')).toBe(false);
  });

  it('keeps the runs of a complete report where it is asked to, and takes them over', async () => {
    const words = ['report', 'build', 'counting', '--keep-runs', ...noting()];
    expect((await project.run(words)).code).toBe(0);
    expect(calls()).toHaveLength(6);
    const again = await project.run(words);
    expect(again.info).toContain('Continuing: 6 finished runs are there already.');
    expect(calls()).toHaveLength(6);
    rmSync(join(project.folder, 'dist/reports/counting/runs.jsonl'));
  });

  it('stops at Ctrl-C, keeps what was finished, and the same command continues', async () => {
    const words = ['report', 'build', 'counting', '--workers', '1', '--set', 'milliseconds=400', ...noting()];
    const running = project.start(words);
    await running.wrote('2/6');
    running.process.kill('SIGINT');
    const { code, info, out } = await running.outcome;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(info).toContain('Stopping. Finished runs are kept');
    expect(info).toMatch(
      /Stopped\. [23] finished runs are kept in dist\/reports\/counting\/runs\.jsonl; the same command continues/,
    );
    expect(project.exists(page)).toBe(false);

    const finished = calls().length; // The last of these was stopped.
    rmSync(join(project.folder, 'notes/calls'));
    const continued = await project.run(words);
    expect(continued.code).toBe(0);
    expect(calls().length).toBeLessThanOrEqual(6 - finished + 1);
    expect(JSON.parse(project.read('dist/reports/counting/report.json'))).toMatchObject({
      figures: [{ rows: Array.from({ length: 6 }, (_, i) => ({ seed: 1000 + (i % 3) })) }],
    });
  });

  it('ends at once at the second Ctrl-C', async () => {
    const running = project.start(['report', 'build', 'counting', '--set', 'milliseconds=60000']);
    await running.wrote('0/6');
    running.process.kill('SIGINT');
    await running.wrote('Stopping');
    running.process.kill('SIGINT');
    expect((await running.outcome).code).toBe(130);
  });

  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'an unknown study',
      ['conting'],
      /^Error: There is no study 'conting'; did you mean 'counting'\? There are counting\n$/,
    ],
    ['a missing file', ['./nothing.ts'], /^Error: There is no file \.\/nothing\.ts\n$/],
    [
      'an unknown parameter',
      ['counting', '--set', 'sedes=1'],
      /^Error: The study 'counting' has no parameter 'sedes'; did you mean 'seeds'\?/,
    ],
    [
      'a value of the wrong type',
      ['counting', '--set', 'seeds=many'],
      /^Error: The parameters of the study 'counting' are not right\. seeds: .*received string\n$/,
    ],
    ['no value', ['counting', '--set', 'seeds'], /^Error: A value is set as key=value, as in seeds=5; got 'seeds'\n$/],
    [
      'a seed that is none',
      ['counting', '--seed', '1.5'],
      /^Error: --seed is a whole number from 0 to \d+, not '1\.5'\n$/,
    ],
    [
      'a seed that leaves runs without one',
      ['counting', '--seed', '9007199254740'],
      /^Error: --seed is a whole number from 0 to 9007199254739, not '9007199254740'\n$/,
    ],
    [
      'more seeds than there are',
      ['counting', '--set', 'seeds=1001'],
      /^Error: The number of seeds is a whole number from 1 to 1000, not 1001/,
    ],
    ['a folder without a name', ['counting', '--out', ''], /^Error: --out needs a folder/],
    [
      'a study twice',
      ['counting', './reports/counting'],
      /^Error: counting and \.\/reports\/counting are both the study 'counting'/,
    ],
    ['a profile that is none', ['counting', '--profile', 'fast'], /^Error: --profile is quick or full, not 'fast'\n$/],
    ['no workers', ['counting', '--workers', '0'], /^Error: --workers is a whole number from 1, not '0'\n$/],
    [
      'an unknown option',
      ['counting', '--sed', '1'],
      /^Error: unknown option '--sed'\n\(Did you mean one of --seed, --set\?\)/,
    ],
  ];
  it.each(mistakes)('refuses %s in a line', async (_what, words, message) => {
    const { code, out, info } = await project.call(['report', 'build', ...words]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(info).toMatch(message);
    expect(project.exists('dist')).toBe(false);
  });

  it('says as JSON, too, what could not be built', async () => {
    const unknown = await project.run(['report', 'build', 'conting', '--json']);
    expect(unknown.code).toBe(2);
    expect(JSON.parse(unknown.out)).toEqual([
      { status: 'failed', error: "There is no study 'conting'; did you mean 'counting'? There are counting" },
    ]);
    expect(unknown.info).toMatch(/^Error: There is no study 'conting'/);
    writeFileSync(join(project.folder, 'broken.mjs'), 'export default 1;');
    const broken = await project.call(['report', 'build', './broken.mjs', '--json']);
    expect(JSON.parse(broken.out)).toEqual([
      { status: 'failed', error: expect.stringMatching(/exports no study/) as string },
    ]);
  });

  it.each([
    [
      'outside',
      "id: '../../escaped'",
      /outside\.ts: The id of a study is made of lower-case letters.*got '\.\.\/\.\.\/escaped'/,
    ],
    ['link', "references: { k: { title: 'x', url: 'javascript:alert(1)' } }", /reference 'k' must begin with https/],
    ['partial', 'tables: undefined', /needs a function 'tables'/],
  ])('checks a study that did without defineStudy: %s', async (name, part, message) => {
    const file = join(project.folder, `reports/counting/${name}.ts`);
    writeFileSync(
      file,
      `import counting from './study.ts';\nexport default { ...counting, id: '${name}', ${part} };\n`,
    );
    const { code, out, info } = await project.call(['report', 'build', file, '--out', 'out/deep']);
    rmSync(file);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(info).toMatch(message);
    for (const path of ['out', 'escaped', '../escaped']) expect(project.exists(path)).toBe(false);
  });

  it('writes nothing to the terminal that could move its cursor or change its colours', async () => {
    const file = join(project.folder, 'reports/counting/coloured.ts');
    writeFileSync(
      file,
      "import counting from './study.ts';\nexport default { ...counting, id: 'coloured', claims: (context) => counting.claims(context)" +
        ".map((claim) => ({ ...claim, measurement: { ...claim.measurement, unit: '\\x1b[31mred\\x1b[2J' } })) };\n",
    );
    const built = await project.call(['report', 'build', file, '--out', 'out']);
    const compared = await project.call(['report', 'compare', 'out/coloured', 'out/coloured']);
    rmSync(file);
    rmSync(join(project.folder, 'out'), { recursive: true });
    expect(built).toMatchObject({ code: 0, out: expect.stringContaining('[31mred [2J') as string });
    expect(compared.code).toBe(0);
    for (const { out, info } of [built, compared]) expect(out + info).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('says so when the run of a study never ends', async () => {
    const file = join(project.folder, 'reports/counting/unending.ts');
    writeFileSync(
      file,
      "import counting from './study.ts';\nexport default { ...counting, id: 'unending', run: () => new Promise(() => {}) };\n",
    );
    const { code, out, info } = await project.run(['report', 'build', file]);
    rmSync(file);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(info).toMatch(/Error: The run of the study 'unending' never ended/);
  });

  it('finishes quietly when nobody reads what it writes', async () => {
    const quiet = project.start(['report', 'build', 'counting']);
    quiet.process.stdout?.destroy();
    expect(await quiet.outcome).toMatchObject({ code: 0, info: expect.not.stringMatching(/EPIPE|^\s+at /m) as string });
    expect(project.exists(page)).toBe(true);

    rmSync(join(project.folder, 'dist'), { recursive: true });
    const silent = project.start(['report', 'build', 'counting']);
    silent.process.stderr?.destroy();
    expect((await silent.outcome).code).toBe(0);
    expect(project.exists(page)).toBe(true);
  });

  it('computes nothing when the folder cannot be written', async () => {
    writeFileSync(join(project.folder, 'notes/file'), '');
    const { code, info } = await project.call([
      'report',
      'build',
      'counting',
      '--out',
      'notes/file/out',
      ...noting(),
      '--quiet',
    ]);
    expect(code).toBe(2);
    expect(info).toMatch(
      /Error: The folder .*notes\/file\/out\/counting cannot be written: a part of the path is a file/,
    );
    expect(project.exists('notes/calls')).toBe(false);
  });
});
