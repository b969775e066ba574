import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { type PreviewServer, build, createLogger, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findBrowser } from './browser.ts';

const root = join(inject('project'), 'page');
const warnings: string[] = [];
let server: PreviewServer | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
  const logger = createLogger('silent');
  logger.warn = (message) => void warnings.push(message);
  await build({ root, configFile: false, customLogger: logger, logLevel: 'warn' });
  server = await preview({ root, configFile: false, customLogger: logger, preview: { host: '127.0.0.1', port: 0 } });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('a page that Vite bundles from core and nn', () => {
  it('is built without a warning', () => {
    expect(warnings).toEqual([]);
  });

  it('trains in Chromium on two moons, without an error', async ({ skip }) => {
    const executablePath = findBrowser();
    if (executablePath === undefined) {
      const message = 'No Chromium found, so the page was NOT opened; set CHROME_PATH to the path of one.';
      if (process.env['CI']) throw new Error(message);
      process.stdout.write(`\n${message}\n\n`);
      skip(message);
      return;
    }
    browser = await chromium.launch({ executablePath });
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    await page.goto(server?.resolvedUrls?.local[0] ?? '');
    await page.waitForSelector('output[data-status]', { timeout: 60_000 });
    expect(errors).toEqual([]);
    expect(await page.getAttribute('output', 'data-status')).toBe('completed');
    expect(Number(await page.textContent('output'))).toBeGreaterThan(0.97);
  });
});
