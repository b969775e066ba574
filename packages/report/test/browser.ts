import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The browser that `CHROME_PATH` names, or one of the usual names on the path. */
export function findBrowser(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** What a page did that a report must not do. */
export interface Misdeeds {
  readonly errors: string[];
  readonly requests: string[];
  readonly violations: string[];
}

interface Violation {
  readonly directive: string;
  readonly blocked: string;
}

/**
 * Opens a file and listens from the start: errors, requests, and violations of the Content-Security-Policy. Whatever is no file is
 * blocked, so that a page that asks for something gets nothing.
 */
export async function openQuietly(page: Page, file: string): Promise<Misdeeds> {
  const misdeeds: Misdeeds = { errors: [], requests: [], violations: [] };
  page.on('pageerror', (error) => misdeeds.errors.push(error.message));
  page.on('console', (message) => {
    // The known feature probe of Plotly, which is refused and harmless.
    if (message.type() === 'error' && !/unsafe-eval/.test(message.text())) misdeeds.errors.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) misdeeds.requests.push(request.url());
  });
  await page.route(
    (url) => url.protocol !== 'file:',
    (route) => route.abort(),
  );
  await page.exposeFunction('noteViolation', ({ directive, blocked }: Violation) => {
    if (blocked !== 'eval') misdeeds.violations.push(`${directive} ${blocked}`);
  });
  await page.addInitScript(() => {
    const note = Reflect.get(window, 'noteViolation') as (violation: Violation) => void;
    document.addEventListener('securitypolicyviolation', (event) =>
      note({ directive: event.violatedDirective, blocked: event.blockedURI }),
    );
  });
  await page.goto(`file://${file}`);
  return misdeeds;
}

/** Draws every figure, whether it has been scrolled to or not. */
export async function drawAll(page: Page): Promise<void> {
  await page.evaluate(() => (Reflect.get(window, 'reluLabReport') as { drawAll(): Promise<void> }).drawAll());
}
