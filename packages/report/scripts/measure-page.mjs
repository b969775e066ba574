// What a report costs: building the pages of eight figures without computing, and opening them in headless Chromium.
// Run in packages/report after a build: node scripts/measure-page.mjs [rounds]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../dist/index.js';
import { chromium } from 'playwright-core';

const say = (line) => process.stdout.write(`${line}\n`);
const rounds = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'relu-lab-measure-'));
const page = join(folder, 'report.html');

/** Each round is a process of its own, as a build on the command line is. */
const build = `
  const { buildStudy, writeReport } = await import('./dist/index.js');
  const { default: study } = await import('./scripts/eight-figures.mjs');
  await writeReport(await buildStudy(study), ${JSON.stringify(folder)});
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ wall: performance.now(), processor: (user + system) / 1000 }));`;

const builds = Array.from({ length: rounds }, () =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', build], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  ),
);

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('There is no Chromium: install one, or name it in CHROME_PATH');
const opened = [];
for (let round = 0; round < rounds; round++) opened.push(await open());
say(`page ${statSync(page).size} bytes`);
rmSync(folder, { recursive: true });

/** Times in milliseconds since the navigation began; what the page's process has computed until the first figure lives. */
async function open() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await tab.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (document.querySelector('.plot.live') === null) return;
        observer.disconnect();
        Reflect.set(window, 'firstLive', performance.now());
      }).observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
    });
    const session = await browser.newBrowserCDPSession();
    await tab.goto(`file://${page}`);
    await tab.evaluate(() => document.querySelector('.plot').scrollIntoView());
    await tab.waitForSelector('.plot.live');
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const processor = processInfo
      .filter(({ type }) => type === 'renderer')
      .reduce((sum, { cpuTime }) => Math.max(sum, cpuTime), 0);
    return await tab.evaluate(
      (seconds) => ({
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
        loaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
        live: Reflect.get(window, 'firstLive'),
        processor: seconds * 1000,
      }),
      processor,
    );
  } finally {
    await browser.close();
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const tell = (what, values) =>
  say(`${what.padEnd(46)} ${String(Math.round(median(values))).padStart(6)}   ${values.map(Math.round).join(' ')}`);
tell(
  'build, wall ms',
  builds.map(({ wall }) => wall),
);
tell(
  'build, processor ms',
  builds.map(({ processor }) => processor),
);
tell(
  'first paint, ms',
  opened.map(({ paint }) => paint),
);
tell(
  'page read, ms',
  opened.map(({ loaded }) => loaded),
);
tell(
  'first live figure, ms',
  opened.map(({ live }) => live),
);
tell(
  'first live figure, processor ms of the page',
  opened.map(({ processor }) => processor),
);
