import { escapeHtml } from './escape.ts';
import { mathsStyle } from './maths-style.ts';
import { hashSource, plotlyBundle } from './plotly-bundle.ts';
import type { Heading } from './prose.ts';
import { pageScript } from './script.ts';
import { pageStyle } from './style.ts';

/** What stands in the frame that all pages share. */
export interface FramedPage {
  readonly title: string;
  readonly summary: string | undefined;
  /** The line under the title, part by part. */
  readonly byline: readonly string[];
  /** For the contents. */
  readonly headings: readonly Heading[];
  /** HTML of all that the page says. */
  readonly main: string;
  /** Rules behind those of all pages. Default: none. */
  readonly style?: string;
  /** Whether there are figures, so that the page brings Plotly. */
  readonly hasFigures: boolean;
}

/** Where what the page says begins. */
export const mainStart = '<main id="main">';

/**
 * One file that needs nothing else and loads nothing; a Content-Security-Policy lets no script run but the page's own.
 */
export function framedPage({ title, summary, byline, headings, main, style = '', hasFigures }: FramedPage): string {
  const plotly = hasFigures ? plotlyBundle() : undefined;
  const script = pageScript();
  const policy = [
    "default-src 'none'",
    `script-src ${[hashSource(script), ...(plotly ? [plotly.source] : [])].join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="ReLU Lab">
<title>${escapeHtml(title)}</title>
<style>
${pageStyle}${style}${mathsStyle(main)}</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<button type="button" id="theme" hidden>Dark</button>
<h1>${escapeHtml(title)}</h1>
${summary === undefined ? '' : `<p class="summary">${escapeHtml(summary)}</p>`}
<p class="byline">${byline.map(escapeHtml).join(' · ')}</p>
</header>
<nav class="contents" aria-label="Contents">
${contentsHtml(headings)}
</nav>
${mainStart}
${main}
</main>
<footer>Made with ReLU Lab. One file, offline: it loads nothing and sends nothing.</footer>
${plotly ? `<script type="application/gzip" id="plotly">${plotly.packed}</script>` : ''}
<script>${script}</script>
</body>
</html>
`;
}

function contentsHtml(headings: readonly Heading[]): string {
  const items = headings.map(
    ({ id, text, level }) => `<li class="level-${level}"><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`,
  );
  return `<ul>\n${items.join('\n')}\n</ul>`;
}
