import { ParameterError } from '@relu-lab/core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { type Bundle, display } from './kernel-writer.ts';

/**
 * How the page comes by Plotly, which draws the figures:
 *
 * - `inline-gz`: packed, inside the notebook: 2 MB, works offline and everywhere
 * - `inline`: as it is, inside the notebook: 4.8 MB, for browsers that cannot unpack
 * - `none`: not at all: VS Code, and pages made from notebooks, have their own
 */
export type SetupMode = 'inline-gz' | 'inline' | 'none';

const modes: readonly SetupMode[] = ['inline-gz', 'inline', 'none'];
let done = false;
/** The runner turns them off in its kernels, and draws them itself. */
let pictures = process.env['RELU_LAB_PICTURES'] !== 'off';

export interface SetupOptions {
  /**
   * Whether `show` adds a picture to each figure, for readers that run no scripts: an untrusted notebook, a repository's web page. That takes a
   * second for the first figure and some 0.1 s for each other, and 10 to 40 kB a figure. Default true, unless the environment variable
   * `RELU_LAB_PICTURES` is `off`.
   */
  readonly pictures?: boolean;
}

/**
 * Brings Plotly into the notebook, in the output of this cell; once for all figures. To be called in the notebook's first
 * cell: `show` does it where nobody has, but then the code goes when that cell runs again.
 *
 * @throws ParameterError for another mode; NotebookError outside a notebook.
 */
export function setup(mode: SetupMode = 'inline-gz', options: SetupOptions = {}): void {
  if (!modes.includes(mode)) throw new ParameterError(`There is no mode '${mode}'; there are ${modes.join(', ')}`);
  if (mode !== 'none') display(plotlyBundle(mode));
  done = true;
  pictures = options.pictures ?? pictures;
}

/** Whether figures get a picture. */
export function wantsPictures(): boolean {
  return pictures;
}

/** The default, when nothing was set up. */
export function setupOnce(): void {
  if (!done) setup();
}

/** The output that carries Plotly. The mark in its metadata is for tools that take it out. */
export function plotlyBundle(mode: 'inline-gz' | 'inline'): Bundle {
  const code = readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist-min'), 'utf8');
  const script =
    mode === 'inline'
      ? `<script>${code}</script><script>window.reluLabPlotly = Promise.resolve();</script>`
      : `<script>${unpackScript(gzipSync(code, { level: 9 }).toString('base64'))}</script>`;
  return {
    data: { 'text/html': script, 'text/plain': '[Plotly, which draws the figures below]' },
    metadata: { relu_lab: { brings: 'plotly' } },
  };
}

function unpackScript(packed: string): string {
  return `window.reluLabPlotly = window.Plotly ? Promise.resolve() : (async function () {
var bytes = Uint8Array.from(atob("${packed}"), function (letter) { return letter.charCodeAt(0); });
var text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
var script = document.createElement("script");
script.textContent = text;
document.head.appendChild(script);
})();`;
}
