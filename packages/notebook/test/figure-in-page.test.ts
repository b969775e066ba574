import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ShownFigure, figureBundle } from '../src/display/figure-bundle.ts';
import { plotlyBundle } from '../src/display/setup.ts';
import { findBrowser } from './browser.ts';

const executablePath = findBrowser();
const figure: ShownFigure = {
  data: [{ type: 'scatter', x: [0, 1, 2], y: [0, 1, 4] }],
  layout: {},
  caption: 'A parabola.',
  alt: 'A curve that rises.',
};
const figureMarkup = (id: string): string => String(figureBundle(figure, 240, id).data['text/html']);

if (executablePath === undefined) {
  const reason = 'NO BROWSER: figures in notebooks were not drawn. Install Chromium, or set CHROME_PATH.';
  describe('a figure in a page', () => {
    it(reason, ({ skip }) => {
      if (process.env['CI']) throw new Error(reason);
      skip(reason);
    });
  });
} else {
  describe('a figure in a page', () => inBrowser(executablePath));
}

/** What a front end makes of outputs: markup in a page, whose scripts run in order. */
function inBrowser(executable: string): void {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executable,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(() => browser.close());

  // Replacing the content of a page leaves its window, and Plotly in it: each test has a page of its own.
  beforeEach(async () => {
    page = await browser.newPage();
    errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
  });
  afterEach(() => page.close());

  const drawn = (id: string): Promise<unknown> =>
    page.waitForSelector(`#${id} .scatterlayer .trace`, { timeout: 20_000 });

  it.each(['inline-gz', 'inline'] as const)('is drawn with Plotly from the notebook (%s)', async (mode) => {
    const plotly = String(plotlyBundle(mode).data['text/html']);
    await page.setContent(`<!doctype html><body>${plotly}${figureMarkup('one')}${figureMarkup('two')}</body>`);
    await Promise.all([drawn('one'), drawn('two')]);
    expect(await page.locator('#one').textContent()).not.toContain(figure.alt);
    expect((await page.locator('#one .main-svg').first().boundingBox())?.height).toBe(240);
    expect(errors).toEqual([]);
  });

  it('is drawn also when it comes before Plotly', async () => {
    const plotly = String(plotlyBundle('inline-gz').data['text/html']);
    await page.setContent(`<!doctype html><body>${figureMarkup('one')}${plotly}</body>`);
    await drawn('one');
    expect(errors).toEqual([]);
  });

  it('stays in words without Plotly, and where scripts do not run', async () => {
    await page.setContent(`<!doctype html><body>${figureMarkup('one')}</body>`);
    await page.waitForTimeout(300);
    expect(await page.getByRole('img', { name: figure.alt }).textContent()).toBe(figure.alt);
    expect(await page.locator('figcaption').textContent()).toBe(figure.caption);
    expect(errors).toEqual([]);
  });
}
