import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { findChromium } from '@relu-lab/report';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, type Running, makeProject } from './project.ts';

const executablePath = findChromium();
let project: Project;
let watching: Running;
let url: string;
let said = '';
beforeAll(async () => {
  project = makeProject(['counting']);
  const study = project
    .read('reports/counting/study.ts')
    .replace("{ markdown: 'There are {{ parameters.seeds }} seeds.' }", "new URL('./study.md', import.meta.url)")
    .replace("title: 'Counting squares'", 'title')
    .replace(/^/, "import { title } from '../shared.ts';\n");
  writeFileSync(join(project.folder, 'reports/counting/study.ts'), study);
  writeProse('There are {{ parameters.seeds }} seeds.');
  writeShared('Counting squares');
  const notes = `notes=${project.folder}`;
  // Into the folder that is watched: its own files must not wake it.
  const out = ['--out', 'reports/counting/out'];
  watching = project.start(['report', 'watch', 'counting', '--workers', '1', '--set', notes, ...out]);
  url = await new Promise<string>((resolve) => {
    watching.process.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      if (found !== undefined && said.includes('Built in')) resolve(found);
    });
  });
}, 120_000);
afterAll(() => {
  watching.process.kill('SIGKILL');
  project.remove();
});

const writeProse = (text: string): void => writeFileSync(join(project.folder, 'reports/counting/study.md'), text);

/** What the study imports from outside its folder. */
const writeShared = (title: string): void =>
  writeFileSync(join(project.folder, 'reports/shared.ts'), `export const title = '${title}';\n`);

/** How many runs there were, and how often the study's own code computed. */
const runs = (): number => project.read('calls').trim().split('\n').length;
const computed = (): number => project.read('computed').trim().split('\n').length;

const statusOf = (host: string, path = '/'): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('relu-lab report watch', () => {
  it('answers under its own name alone, with the page and the files that it links to, and nothing else', async () => {
    const { host } = new URL(url);
    expect(await statusOf(host)).toBe(200);
    expect(await statusOf('evil.example')).toBe(403);
    expect(await statusOf(host, '/data/fig-squares.csv')).toBe(200);
    expect(await statusOf(host, '/figures/fig-squares-light.svg')).toBe(200);
    expect(await statusOf('evil.example', '/data/fig-squares.csv')).toBe(403);
    for (const path of [
      '/../package.json',
      '/data/../report.json',
      '/data/%2e%2e/report.json',
      '/report.json',
      '/data/none.csv',
      '/data/',
    ]) {
      expect(await statusOf(host, path), path).toBe(404);
    }
  });

  it.skipIf(executablePath === undefined)(
    'shows new prose and new numbers without being asked, computes only what is new, and leaves the file without its script',
    async () => {
      const browser: Browser = await chromium.launch({
        executablePath: String(executablePath),
        args: ['--no-sandbox'],
      });
      try {
        const page = await browser.newPage();
        const errors: string[] = [];
        page.on('pageerror', ({ message }) => errors.push(message));
        await page.goto(url);
        await page.getByText('There are 3 seeds.').waitFor();
        writeProse('Now there are {{ parameters.seeds }} of them.');
        await page.getByText('Now there are 3 of them.').waitFor({ timeout: 60_000 });
        expect([runs(), computed()]).toEqual([6, 1]);
        const file = join(project.folder, 'reports/counting/study.ts');
        writeFileSync(file, project.read('reports/counting/study.ts').replace('.default(3)', '.default(4)'));
        await page.getByText('Now there are 4 of them.').waitFor({ timeout: 60_000 });
        expect([runs(), computed()]).toEqual([8, 2]);
        writeShared('Squares, counted');
        await page.getByRole('heading', { name: 'Squares, counted' }).waitFor({ timeout: 60_000 });
        expect([runs(), computed()]).toEqual([8, 3]);
        expect(errors).toEqual([]);
        // One for each change, and maybe one more where a file was written in two steps.
        expect(said.match(/Built in/g)?.length).toBeLessThanOrEqual(8);
      } finally {
        await browser.close();
      }
      expect(project.read('reports/counting/out/counting/report.html')).not.toContain('EventSource');
    },
    180_000,
  );

  it('ends with Ctrl-C', async () => {
    watching.process.kill('SIGINT');
    expect((await watching.outcome).code).toBe(0);
  });
});
