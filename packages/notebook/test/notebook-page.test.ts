import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figureBundle } from '../src/display/figure-bundle.ts';
import { plotlyBundle } from '../src/display/setup.ts';
import { tableMarkup } from '../src/display/table-markup.ts';
import { savedTable } from '../src/page/shown-table.ts';
import { type NotebookDocument, type Output, renderNotebook } from '../src/run.ts';
import { findBrowser } from './browser.ts';
import { temporaryFolder } from './cells.ts';

const rows = [
  { layer: 'relu1', dead: 3 },
  { layer: '<b>relu2</b>', dead: 0 },
];
const figure = figureBundle(
  {
    data: [{ type: 'scatter', x: [0, 1, 2], y: [0, 1, 4] }],
    layout: { height: 300 },
    caption: 'A parabola.',
    alt: 'It rises.',
  },
  undefined,
  'relu-lab-1',
);
const shown = (data: object, metadata: object = {}): Output => ({
  output_type: 'display_data',
  data: data as Readonly<Record<string, unknown>>,
  metadata: metadata as Readonly<Record<string, unknown>>,
});

const document: NotebookDocument = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: 'markdown', source: ['# Of lines\n', '\n', 'A formula: $\\sigma_w^2 = 2$.'] },
    {
      cell_type: 'code',
      source: 'setup()',
      execution_count: 1,
      outputs: [shown(plotlyBundle('inline-gz').data, { relu_lab: { brings: 'plotly' } })],
    },
    { cell_type: 'markdown', source: '## Seen\n\n<script>window.evil = 1</script>' },
    {
      cell_type: 'code',
      source: 'show(line)',
      execution_count: 2,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: ['\u001b[33mprinted\u001b[0m\n'] },
        shown(figure.data),
        shown(
          { 'text/html': tableMarkup(rows, 9), 'text/plain': '' },
          { relu_lab: { table: savedTable(rows, ['layer', 'dead'], 'Dead.') } },
        ),
        shown({
          'text/html': '<img src=x onerror="window.evil = 2"><script>window.evil = 3</script>',
          'text/plain': 'in words',
        }),
        { output_type: 'error', ename: 'RangeError', evalue: 'boom', traceback: ['RangeError: boom', '    at <cell>'] },
      ],
    },
  ],
};

describe('the page of a notebook', () => {
  it('has no markup of its outputs, and Plotly once', async () => {
    const { html, problems } = await renderNotebook(document, 'name');
    expect(problems).toEqual([]);
    expect(html).toContain('<title>Of lines</title>');
    expect(html).not.toContain('reluLabPlotly');
    expect(html).not.toMatch(/onerror=|<script>window\.evil/);
    expect(html.match(/id="plotly"/g)).toHaveLength(1);
  });

  it('is named after the file where the notebook has no title', async () => {
    const untitled = { ...document, cells: document.cells.slice(1) };
    expect((await renderNotebook(untitled, 'some-file')).html).toContain('<h1>some-file</h1>');
  });
});

const executablePath = findBrowser();

if (executablePath === undefined) {
  const reason = 'NO BROWSER: pages of notebooks were not looked at. Install Chromium, or set CHROME_PATH.';
  describe('the page of a notebook in a browser', () => {
    it(reason, ({ skip }) => {
      if (process.env['CI']) throw new Error(reason);
      skip(reason);
    });
  });
} else {
  describe('the page of a notebook in a browser', () => inBrowser(executablePath));
}

function inBrowser(executable: string): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executable,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(() => browser.close());

  it('draws a map anew when the screen turns wide, and its colour bar with it', async () => {
    const data = [
      {
        type: 'heatmap' as const,
        z: [
          [0, 1],
          [1, 0],
        ],
        colorbar: { title: { text: 'Share' } },
      },
    ];
    const map = figureBundle({ data, layout: {}, caption: 'A map.', alt: 'Four fields.' }, undefined, 'relu-lab-2');
    const cell = { cell_type: 'code', source: 'show(map)', execution_count: 1, outputs: [shown(map.data)] };
    const path = join(temporaryFolder(), 'page.html');
    writeFileSync(path, (await renderNotebook({ ...document, cells: [cell] }, 'name')).html);
    const page = await browser.newPage({ viewport: { width: 390, height: 800 }, offline: true });
    await page.goto(`file://${path}`);
    await page.evaluate('window.reluLabReport.drawAll()');
    await page.setViewportSize({ width: 1200, height: 800 });
    await expect
      .poll(async () => (await page.locator('.plot.live .heatmaplayer image').boundingBox())?.width ?? 0, {
        timeout: 20_000,
      })
      .toBeGreaterThan(500);
    const [bar, image] = [page.locator('.plot.live .colorbar'), page.locator('.plot.live .heatmaplayer image')];
    const [right, end] = [await bar.boundingBox(), await image.boundingBox()];
    expect((right?.x ?? 0) > (end?.x ?? 0) + (end?.width ?? 0)).toBe(true);
    await page.close();
  });

  it.each([
    ['a desk', 1200],
    ['a phone', 360],
  ])('shows everything on %s without any network', async (_, width) => {
    const path = join(temporaryFolder(), 'page.html');
    writeFileSync(path, (await renderNotebook(document, 'name')).html);
    const page = await browser.newPage({ viewport: { width, height: 800 }, offline: true });
    const asked: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(`file://${path}`);
    expect(await page.locator('.plot .static svg').count()).toBe(2);
    await page.evaluate('window.reluLabReport.drawAll()');
    expect(await page.locator('.plot.live .scatterlayer .trace path').count()).toBeGreaterThan(0);
    expect(await page.locator('h1').textContent()).toBe('Of lines');
    expect(await page.locator('.katex-html').first().isVisible()).toBe(true);
    expect(await page.locator('pre.said').allTextContents()).toEqual([
      'printed',
      'in words',
      'RangeError: boom\n    at <cell>',
    ]);
    expect(await page.locator('table tbody td').allTextContents()).toEqual(['relu1', '3', '<b>relu2</b>', '0']);
    expect(await page.evaluate('window.evil')).toBeUndefined();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(asked.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });
}
