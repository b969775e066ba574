import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BuiltReport, type Study, buildStudy, defineStudy, pdfOf, writeReport } from '../src/index.ts';
import { type Misdeeds, drawAll, findBrowser, launch, openQuietly } from './browser.ts';
import bumps from './studies/bumps.ts';
import hostile, { all } from './studies/hostile.ts';

/** A study whose figure has a slider. */
const moving = defineStudy({
  id: 'moving',
  title: 'A figure that moves',
  parameters: z.object({}),
  profiles: { quick: {}, full: {} },
  run: () => null,
  claims: () => [],
  figures: () => ({
    'fig-steps': () => ({
      data: [1, 2].map((y) => ({ type: 'scatter' as const, x: [1, 2], y: [0, y], visible: y === 1 })),
      layout: {
        sliders: [
          {
            steps: ['before training', 'after training'].map((label, i) => ({
              label,
              method: 'update',
              args: [{ visible: [i === 0, i === 1] }],
            })),
          },
        ],
      },
      caption: 'Two lines.',
      alt: 'Line chart. The second line is steeper.',
      table: [{ x: 1, y: 0 }],
    }),
  }),
  tables: () => ({}),
  prose: { markdown: 'See @fig-steps.' },
});

/** A study that asks for more room than a page has. */
const wide = defineStudy({
  ...moving,
  id: 'wide',
  figures: () => ({
    'fig-wide': () => ({
      data: [{ type: 'scatter' as const, x: [1, 2], y: [1, 2] }],
      layout: { width: 3000 },
      caption: 'A line.',
      alt: 'A line that rises.',
      table: [{ x: 1, y: 1 }],
    }),
  }),
  prose: { markdown: ['@fig-wide is wide, $\\rule{1000em}{1000em}$.', '- $\\rule{30em}{1em}$'].join('\n\n') },
});

/** As much of axe as is used here. */
interface Axe {
  run(
    where: Document,
    options: object,
  ): Promise<{ violations: { id: string; impact: string | null; nodes: { target: unknown[] }[] }[] }>;
}

const executable = findBrowser();

if (executable === undefined) {
  const reason = 'NO BROWSER: the pages of reports were not tested. Install Chromium, or set CHROME_PATH.';
  describe('the page in Chromium', () => {
    it(reason, ({ skip }) => {
      if (process.env['CI']) throw new Error(reason);
      process.stderr.write(`\n${reason}\n`);
      skip(reason);
    });
  });
} else {
  describe('the page in Chromium', () => inBrowser(executable));
}

function inBrowser(executablePath: string): void {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relu-lab-page-'));
    browser = await launch(executablePath);
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const pages = new Map<Study, Promise<{ readonly built: BuiltReport; readonly html: string }>>();
  /** A study's report, and the file of its page; built once. */
  function pageOf(study: Study): Promise<{ readonly built: BuiltReport; readonly html: string }> {
    const build = async (): Promise<{ readonly built: BuiltReport; readonly html: string }> => {
      const built = await buildStudy(study);
      return { built, html: (await writeReport(built, join(folder, study.id))).html };
    };
    const page = pages.get(study) ?? build();
    pages.set(study, page);
    return page;
  }

  /** Opens the page of a study; `busy` is a browser that is never idle. */
  async function open(
    study: Study,
    { busy = false, ...options }: BrowserContextOptions & { readonly busy?: boolean },
    look: (page: Page, misdeeds: Misdeeds) => Promise<void>,
  ): Promise<void> {
    const { html } = await pageOf(study);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    try {
      if (busy) await context.addInitScript(() => Reflect.set(window, 'requestIdleCallback', () => 0));
      const page = await context.newPage();
      await look(page, await openQuietly(page, html));
    } finally {
      await context.close();
    }
  }
  /** Where no figure is drawn: none is near the window, and the browser is never idle. */
  const unhurried = { busy: true, viewport: { width: 1280, height: 100 } };
  const count = (page: Page, selector: string): Promise<number> => page.locator(selector).count();

  it('brings every figure to life, as wide and as high as its picture, without a request, an error or a violation of its policy, and prints it', async () => {
    await open(bumps, unhurried, async (page, misdeeds) => {
      const boxes = (): Promise<{ width: number; height: number }[]> =>
        page.evaluate(() =>
          [...document.querySelectorAll('.plot')]
            .map((plot) => plot.getBoundingClientRect())
            .map(({ width, height }) => ({ width, height })),
        );
      const before = await boxes();
      expect(await count(page, '.plot.live')).toBe(0);
      await drawAll(page);
      expect(await boxes()).toEqual(before);
      expect(await count(page, '.plot.live svg.main-svg')).toBeGreaterThanOrEqual(5);
      expect(await count(page, '.plot:not(.live)')).toBe(0);
      expect(await count(page, '.problem')).toBe(0);
      expect(misdeeds).toEqual({ errors: [], requests: [], violations: [] });
      await expectPrint(page);
    });
  });

  /** Pictures instead of figures, all of them, in light colours though the screen is dark. */
  async function expectPrint(page: Page): Promise<void> {
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    const look = await page.evaluate(() => ({
      page: getComputedStyle(document.body).backgroundColor,
      pictures: [...document.querySelectorAll('.static .wide svg')].filter((svg) => svg.checkVisibility()).length,
      drawn: [...document.querySelectorAll('.drawn')].filter((drawn) => drawn.checkVisibility()).length,
      ink: getComputedStyle(document.querySelector('#fig-layers .wide text') ?? document.body).fill,
      button: document.getElementById('theme')?.checkVisibility(),
    }));
    expect(look).toEqual({ page: 'rgb(255, 255, 255)', pictures: 5, drawn: 0, ink: 'rgb(29, 33, 39)', button: false });
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  }

  it('draws figures when they come near the window, shows their pictures until then, and prints the pictures of all', async () => {
    await open(bumps, { busy: true, viewport: { width: 1280, height: 500 } }, async (page) => {
      const last = page.locator('.plot').last();
      expect(await last.locator('.static .wide svg').isVisible()).toBe(true);
      expect(await last.locator('.drawn').count()).toBe(0);
      await last.scrollIntoViewIfNeeded();
      await last.locator('svg.main-svg').first().waitFor();
      expect(await last.locator('.static .wide svg').isVisible()).toBe(false);
      expect(await count(page, '.plot.live')).toBeGreaterThan(0);
      expect(await count(page, '.plot:not(.live)')).toBeGreaterThan(0);
      await expectPrint(page);
    });
  });

  it('draws what is out of sight when the browser has nothing else to do', async () => {
    await open(bumps, { viewport: { width: 1280, height: 500 } }, async (page) => {
      await page.waitForFunction(() => document.querySelector('.plot:not(.live)') === null);
      expect(await page.evaluate(() => window.scrollY)).toBe(0);
      expect(await count(page, '.plot.live svg.main-svg')).toBeGreaterThanOrEqual(5);
    });
  });

  it('on a dark phone does not scroll sideways, has no figure wider than the screen, and follows theme and button', async () => {
    await open(bumps, { colorScheme: 'dark', viewport: { width: 390, height: 844 } }, async (page, misdeeds) => {
      await drawAll(page);
      const widest = await page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll('.drawn, figcaption, .card, h1')].map(
            (e) => e.getBoundingClientRect().right,
          ),
        ),
      );
      expect(widest).toBeLessThanOrEqual(390);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

      const look = (): Promise<{ page: string; text: string; lines: string[] }> =>
        page.evaluate(() => ({
          page: getComputedStyle(document.body).backgroundColor,
          text: getComputedStyle(document.querySelector('.xtick text') ?? document.body).fill,
          lines: [...document.querySelectorAll<SVGElement>('#fig-layers .js-line')].map((line) => line.style.stroke),
        }));
      const dark = await look();
      expect(dark.page).toBe('rgb(21, 24, 28)');
      expect(dark.text).toBe('rgb(227, 230, 234)');
      expect(dark.lines).toContain('rgb(58, 134, 216)');
      await page.getByRole('button', { name: 'Switch to the light theme' }).click();
      const light = await look();
      expect(light.page).toBe('rgb(255, 255, 255)');
      expect(light.text).toBe('rgb(29, 33, 39)');
      expect(light.lines).toContain('rgb(0, 114, 178)');
      expect(misdeeds.errors).toEqual([]);
    });
  });

  it('has nothing that axe finds serious, in light and dark, drawn and not', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await open(bumps, unhurried, async (page) => {
      await page.evaluate(axe);
      for (const state of ['undrawn', 'drawn']) {
        if (state === 'drawn') await drawAll(page);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const found = await page.evaluate(async () => {
            const { violations } = await (Reflect.get(window, 'axe') as Axe).run(document, {
              resultTypes: ['violations'],
            });
            return violations.map(({ id, impact, nodes }) => ({
              id,
              impact,
              at: nodes.map(({ target }) => String(target)).slice(0, 3),
            }));
          });
          const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          expect(serious, `${colorScheme}, ${state}`).toEqual([]);
        }
      }
    });
  });

  it('sorts tables by keyboard, up, down and as they were, with what is not there last', async () => {
    await open(bumps, unhurried, async (page) => {
      const column = (): Promise<(string | null)[]> =>
        page.evaluate(() =>
          [...document.querySelectorAll('#tbl-means tbody tr')].map((row) => row.children[2].textContent),
        );
      const numbers = (cells: (string | null)[]): number[] => cells.map((cell) => Number.parseFloat(cell ?? ''));
      const before = await column();
      await page.getByRole('button', { name: 'Layer 3' }).focus();
      await page.keyboard.press('Enter');
      expect(await page.getByRole('columnheader', { name: 'Layer 3' }).getAttribute('aria-sort')).toBe('ascending');
      const up = numbers(await column());
      expect(up.slice(0, 7)).toEqual([...up.slice(0, 7)].sort((a, b) => a - b));
      expect(up[7]).toBeNaN();
      await page.keyboard.press('Space');
      expect(await page.getByRole('columnheader', { name: 'Layer 3' }).getAttribute('aria-sort')).toBe('descending');
      await page.keyboard.press('Enter');
      expect(await column()).toEqual(before);
    });
  });

  it('saves the numbers of a figure from a file, as they are beside it', async () => {
    await open(bumps, unhurried, async (page, misdeeds) => {
      const { built } = await pageOf(bumps);
      await page.locator('#fig-layers summary').click();
      const saved = async (kind: string): Promise<string> => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: `Save the data of figure 1 as ${kind}` }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(`fig-layers.${kind.toLowerCase()}`);
        return readFileSync(await download.path(), 'utf8');
      };
      expect(await saved('CSV')).toBe(built.assets['data/fig-layers.csv']);
      expect(JSON.parse(await saved('JSON'))).toEqual(built.json.figures[0].rows);
      expect(misdeeds.violations).toEqual([]);
    });
  });

  it('sets formulas in KaTeX’s own letters, without loading any', async () => {
    await open(bumps, unhurried, async (page, misdeeds) => {
      const loaded = await page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family);
      });
      expect(loaded).toEqual(expect.arrayContaining(['KaTeX_Main', 'KaTeX_Math']));
      expect(await page.locator('#eq-error .katex-html').isVisible()).toBe(true);
      expect(misdeeds).toEqual({ errors: [], requests: [], violations: [] });
    });
  });

  it('becomes a PDF through the installed browser', async () => {
    const { html } = await pageOf(bumps);
    const file = await pdfOf(html, { browser: executablePath });
    expect(file).toBe(join(folder, 'bumps', 'report.pdf'));
    const bytes = readFileSync(file);
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.length).toBeGreaterThan(30_000);
    await expect(pdfOf(html, { browser: '/nowhere/chromium' })).rejects.toThrow(/did not print/);
    await expect(pdfOf(join(folder, 'none.html'), { browser: executablePath })).rejects.toThrow(/There is no page/);
  });

  it('is complete without JavaScript: pictures, tables and data stand', async () => {
    await open(bumps, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('#fig-bars .static .wide svg').isVisible()).toBe(true);
      expect(await page.locator('#fig-bars .static text', { hasText: 'layer 1' }).first().isVisible()).toBe(true);
      expect(await page.locator('#tbl-means table').isVisible()).toBe(true);
      await page.locator('#fig-bars summary').click();
      expect(await page.locator('#fig-bars .data table').isVisible()).toBe(true);
      expect(await page.locator('#theme').isVisible()).toBe(false);
    });
  });

  it('says where a picture shows one step of many, on paper and without JavaScript, and not beside the live figure', async () => {
    const note = 'The picture shows the first of 2 steps (before training)';
    await open(moving, { javaScriptEnabled: false }, async (page) => {
      expect(await page.getByText(note).isVisible()).toBe(true);
    });
    await open(moving, {}, async (page) => {
      await page.getByRole('slider').waitFor();
      expect(await page.getByText(note).isVisible()).toBe(false);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByText(note).isVisible()).toBe(true);
      expect(await page.locator('.steps').isVisible()).toBe(false);
    });
  });

  it('moves through the steps of a figure by keyboard, says which one is shown, and keeps it in the other theme', async () => {
    await open(moving, {}, async (page, misdeeds) => {
      const slider = page.getByRole('slider', { name: 'Shown: before training' });
      await slider.focus();
      const shown = (): Promise<number[]> =>
        page.evaluate(() =>
          (Reflect.get(document.querySelector('.drawn') ?? {}, 'data') as { y: number[]; visible: boolean }[])
            .filter(({ visible }) => visible)
            .map(({ y }) => y[1]),
        );
      expect(await shown()).toEqual([1]);
      await page.keyboard.press('ArrowRight');
      const moved = page.getByRole('slider', { name: 'Shown: after training' });
      expect(await moved.getAttribute('aria-valuetext')).toBe('after training');
      expect(await shown()).toEqual([2]);
      await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
      await expect.poll(shown).toEqual([2]);
      await moved.press('Home');
      expect(await shown()).toEqual([1]);
      expect(misdeeds.errors).toEqual([]);
    });
  });

  it('does not scroll sideways on a phone, whatever a figure or a formula asks for', async () => {
    await open(wide, { viewport: { width: 390, height: 844 } }, async (page) => {
      await drawAll(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      expect(await page.locator('.drawn').evaluate((drawn) => drawn.getBoundingClientRect().width)).toBeLessThan(390);
    });
  });

  it('has a language, landmarks, one first heading, and names for what scrolls', async () => {
    await open(bumps, unhurried, async (page) => {
      expect(await page.getAttribute('html', 'lang')).toBe('en');
      for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const) {
        expect(await page.getByRole(role).count(), role).toBe(1);
      }
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      const broken = await page.evaluate(() =>
        [...document.querySelectorAll('a[href^="#"]')]
          .map((link) => decodeURIComponent(link.getAttribute('href') ?? '').slice(1))
          .filter((id) => document.getElementById(id) === null),
      );
      expect(broken).toEqual([]);
    });
  });

  /** The hostile study as files of hostile names, in a folder of its own, and what it is built from. */
  function hostileFiles(root: string): { readonly study: Study; readonly file: string; readonly prose: string } {
    const name = `"><img src=x onerror="window.hacked = 'file'">`;
    const path = (end: string): string => join(root, 'study', `${name}.${end}`);
    mkdirSync(join(root, 'study'), { recursive: true });
    const { markdown } = hostile.prose as { readonly markdown: string };
    writeFileSync(path('md'), markdown.replace(/^::: include .*$/m, '::: include part.md'));
    writeFileSync(path('ts'), `import './${name.replaceAll("'", '')}.js';\n// ${all}\n`);
    writeFileSync(path('csv'), all);
    writeFileSync(join(root, 'study', `${name.replaceAll("'", '')}.js`), all);
    writeFileSync(join(root, 'study', 'part.md'), all);
    const study = { ...hostile, inputs: [pathToFileURL(path('csv'))], prose: pathToFileURL(path('md')) };
    return { study, file: path('ts'), prose: path('md') };
  }

  it('runs nothing, loads nothing and leaves nothing out of a hostile study', async () => {
    const root = join(folder, 'hostile-root');
    const { study, file } = hostileFiles(root);
    const built = await buildStudy(study, { file });
    pages.set(
      study,
      writeReport(built, join(root, 'out', 'hostile')).then(({ html }) => ({ built, html })),
    );
    await open(study, {}, async (page, misdeeds) => {
      await drawAll(page);
      // Whatever could be waiting for a pointer or a focus.
      await page.evaluate(() => {
        for (const element of document.querySelectorAll<HTMLElement>('*')) {
          for (const name of ['mouseover', 'focus', 'load', 'error'])
            element.dispatchEvent(new Event(name, { bubbles: true }));
        }
      });
      expect(await page.evaluate(() => Reflect.get(window, 'hacked') as unknown)).toBeUndefined();
      expect(misdeeds).toEqual({ errors: [], requests: [], violations: [] });
      expect(await count(page, '.plot.live')).toBe(4);

      const found = await page.evaluate(() => ({
        scripts: document.querySelectorAll('main script:not([type])').length,
        handlers: [...document.querySelectorAll('*')].flatMap((element) =>
          [...element.attributes]
            .filter(({ name }) => name.startsWith('on'))
            .map(({ name }) => `${element.tagName} ${name}`),
        ),
        links: [...document.querySelectorAll('a')].map(
          (link) => link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '',
        ),
        pictures: document.querySelectorAll('main img, main iframe, main object, main embed').length,
      }));
      expect(found).toMatchObject({ scripts: 0, handlers: [], pictures: 0 });
      expect(found.links.filter((href) => /^\s*(javascript|vbscript|data):/i.test(href))).toEqual([]);
      expect(await page.title()).toContain('<script>window.hacked = "script"</script>');
      expect(page.url()).toMatch(/^file:.*\/out\/hostile\/report\.html/);

      // What is shown is shown as it was written.
      const shown = await page.locator('main').textContent();
      for (const id of ['own-verdict', 'own-reason', 'own-numbers']) expect(shown).toContain(`claim ${id}`);
      for (const part of ['.condition', 'dd']) {
        expect(
          await page.locator(`#claim-own-words ${part}`).filter({ hasText: '<svg onload' }).count(),
        ).toBeGreaterThan(0);
      }
      for (const name of Object.keys(built.report.provenance.inputs ?? {}))
        expect(shown).toContain(`SHA-256 of ${name}`);
    });
    expectFilesInside(root);
    expect(readdirSync(folder)).toContain('hostile-root');
  });

  /** Everything that a build wrote lies in its folder, under a name of its own making, and no cell begins a formula. */
  function expectFilesInside(root: string): void {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const written = files.map(({ parentPath, name }) => relative(root, join(parentPath, name)));
    const outside = written.filter((name) => !name.startsWith('out/hostile/'));
    expect(outside.every((name) => name.startsWith('study/'))).toBe(true);
    expect(outside).toHaveLength(5);
    const inside = written.filter((name) => name.startsWith('out/')).map((name) => name.slice('out/hostile/'.length));
    for (const name of inside) {
      expect(name).toMatch(/^(report\.(html|md|json)|data\/fig-[a-z]+\.csv|figures\/fig-[a-z]+-(light|dark)\.svg)$/);
    }
    const tables = inside.filter((name) => name.endsWith('.csv'));
    expect(tables).toHaveLength(4);
    for (const name of tables) {
      const cells = cellsOf(readFileSync(join(root, 'out/hostile', name), 'utf8'));
      expect(
        cells.some((cell) => cell.includes('HYPERLINK')),
        name,
      ).toBe(true);
      const formulas = cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)));
      expect(formulas, name).toEqual([]);
    }
  }

  /** The cells of a CSV file, as RFC 4180 has them. */
  function cellsOf(csv: string): readonly string[] {
    return [...csv.matchAll(/(?:^|[,\n])(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(([, quoted, plain = '']) =>
      quoted === undefined ? plain : quoted.replaceAll('""', '"'),
    );
  }

  it('builds no hostile study that names itself or its parts outside of its folder', async () => {
    const { study, prose } = hostileFiles(join(folder, 'refused'));
    await expect(buildStudy({ ...study, id: '../../up' })).rejects.toThrow(/The id of a study/);
    writeFileSync(prose, '::: include ../../../../../../etc/passwd\n');
    await expect(buildStudy(study)).rejects.toThrow(/lies outside the study's folder/);
  });
}
