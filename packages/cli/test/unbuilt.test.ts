import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

const packages = fileURLToPath(new URL('../..', import.meta.url));
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

const build = 'The packages have not been built: run `npm run build` in the repository.\n';
const install = 'It is not installed: run `npm ci` in the repository, or `npm install` in your project.\n';
const document = '{ "cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }';

/** A project with copies of the packages: links would lead to the real ones. */
let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'relu-lab-unbuilt-')));
  writeFileSync(join(folder, 'n.ipynb'), document);
  mkdirSync(join(folder, 'node_modules', '@relu-lab'), { recursive: true });
  for (const name of readdirSync(modules)) {
    const isOurs = name === '@relu-lab' || name === 'relu-lab' || name.startsWith('.');
    if (!isOurs) symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  }
  for (const name of readdirSync(packages)) {
    const copy = join(folder, 'node_modules', name === 'cli' ? 'relu-lab' : `@relu-lab/${name}`);
    for (const part of ['package.json', 'bin', 'dist']) {
      const from = join(packages, name, part);
      if (existsSync(from)) cpSync(from, join(copy, part), { recursive: true });
    }
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each<readonly [missing: string, words: readonly string[], code: number, said: RegExp, advice: string]>([
  ['relu-lab', ['info'], 1, /Cannot find module '.*main\.js'/, build],
  ['@relu-lab/core', ['theory', 'moments'], 1, /Cannot find module '.*core\/dist\/index\.js'/, build],
  ['@relu-lab/core', ['notebook', 'run', 'n.ipynb'], 1, /Cannot find module '.*core\/dist\/index\.js'/, build],
  ['@relu-lab/analysis', ['notebook', 'html', 'n.ipynb'], 1, /Cannot find module '.*analysis\/dist\/index\.js'/, build],
  ['@relu-lab/report', ['notebook', 'html', 'n.ipynb'], 1, /Cannot find module '.*report\/dist\/index\.js'/, build],
  [
    '@relu-lab/notebook',
    ['notebook', 'run', 'n.ipynb'],
    2,
    /^Error: notebooks need @relu-lab\/notebook, which has not been built/,
    'run `npm run build` in the repository\n',
  ],
])('says how to go on where %s is not built: relu-lab %j', (missing, words, code, said, advice) => {
  const { status, stderr } = relulab(words, missing, 'unbuilt');
  expect(stderr).toMatch(said);
  expect(stderr.endsWith(advice), stderr).toBe(true);
  expect(status).toBe(code);
});

it('says how to go on where a package is not installed', () => {
  const { status, stderr } = relulab(['theory', 'moments'], '@relu-lab/theory', 'absent');
  expect(stderr).toMatch(/^Cannot find package '@relu-lab\/theory'/);
  expect(stderr.endsWith(install), stderr).toBe(true);
  expect(status).toBe(1);
});

/** Runs the command where one package has not been built, or is not there. */
function relulab(words: readonly string[], missing: string, state: 'unbuilt' | 'absent') {
  const place = join(folder, 'node_modules', missing, state === 'unbuilt' ? 'dist' : '.');
  const away = join(folder, 'away');
  renameSync(place, away);
  onTestFinished(() => renameSync(away, place));
  const program = join(folder, 'node_modules', 'relu-lab', 'bin', 'relu-lab.js');
  return spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8' });
}
