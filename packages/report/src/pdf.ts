import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { OutputError, messageOf } from './errors.ts';

const run = promisify(execFile);

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The browser that `CHROME_PATH` names, or a Chromium on the path; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => browserNames.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/**
 * Prints a page to a PDF through an installed Chromium, as the page's print style has it: pictures instead of live figures.
 *
 * @param html - the page's file.
 * @param options.output - where the PDF goes. Default: beside the page, with `.pdf` for `.html`.
 * @param options.browser - the browser's program. Default: {@link findChromium}.
 * @returns the path of the PDF, which appears complete or not at all.
 * @throws OutputError when there is no browser, no page, or the browser does not print.
 */
export async function pdfOf(
  html: string,
  options: { readonly output?: string; readonly browser?: string } = {},
): Promise<string> {
  const page = resolve(html);
  const output = resolve(options.output ?? page.replace(/(\.html?)?$/, '.pdf'));
  const browser = options.browser ?? findChromium();
  if (browser === undefined) {
    throw new OutputError(
      'There is no Chromium to print with: install one, or name it in CHROME_PATH; or print the page in any browser',
    );
  }
  if (!existsSync(page)) throw new OutputError(`There is no page ${page}`);
  const profile = await mkdtemp(join(tmpdir(), 'relu-lab-pdf-'));
  const draft = join(dirname(output), `.report.pdf.${profile.slice(-6)}.tmp`);
  const flags = [
    '--headless',
    // Chromium refuses its sandbox to the superuser; the page lets no foreign script run.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--no-pdf-header-footer',
    `--user-data-dir=${profile}`,
    `--print-to-pdf=${draft}`,
  ];
  try {
    await run(browser, [...flags, pathToFileURL(page).href], { timeout: 120_000 });
    await rename(draft, output);
    return output;
  } catch (cause) {
    throw new OutputError(`${browser} did not print ${page}: ${messageOf(cause)}`, { cause });
  } finally {
    await rm(draft, { force: true });
    await rm(profile, { recursive: true, force: true }).catch(() => undefined);
  }
}
