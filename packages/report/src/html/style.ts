import { type ThemeName, pageColors } from '../figures/theme.ts';

function colors(theme: ThemeName): string {
  const values = Object.entries(pageColors[theme]).map(([name, color]) => `--${name}: ${color};`);
  return `\n  color-scheme: ${theme};\n  ${values.join(' ')}`;
}

const light = colors('light');
const dark = colors('dark');

/** The style sheet of a page. It must not contain an end tag. */
export const pageStyle: string = `:root {${light}
}
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {${dark}
  }
}
@media screen {
  :root[data-theme='dark'] {${dark}
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0 auto; padding: 0 1.25rem 3rem; max-width: 76rem; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2em 0 0.6em; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; }
h3 { font-size: 1.1rem; }
p { margin: 0 0 1em; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: from-font; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 0.9em; }
code { background: var(--raised); padding: 0.1em 0.3em; border-radius: 4px; }
pre { background: var(--raised); padding: 0.9rem 1rem; border-radius: 8px; overflow-x: auto; }
pre code { background: none; padding: 0; }
blockquote { margin: 1em 0; padding: 0 0 0 1rem; border-left: 3px solid var(--line); color: var(--muted); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em 0; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.4rem 0.8rem; z-index: 2; }
.top { padding: 2.6rem 0 1.4rem; margin-bottom: 1.6rem; border-bottom: 1px solid var(--line); }
.summary { font-size: 1.12rem; color: var(--muted); margin: 0.7rem 0 0; max-width: 46rem; }
.byline { color: var(--muted); font-size: 0.9rem; margin: 0.9rem 0 0; }
#theme {
  float: right; margin: 0.2rem 0 0.5rem 1rem; font: inherit; font-size: 0.85rem; color: var(--muted); background: none;
  border: 1px solid var(--line); border-radius: 999px; padding: 0.2rem 0.8rem; cursor: pointer; min-height: 2rem;
}
#theme:hover { color: var(--text); border-color: var(--muted); }
main { min-width: 0; max-width: 54rem; }
main > :first-child > h2:first-child, .prose > :first-child { margin-top: 0; }
.prose > :is(p, ul, ol, h2, h3, h4, blockquote) { max-width: 44rem; }
.contents { font-size: 0.92rem; margin-bottom: 2rem; }
.contents ul { list-style: none; margin: 0; padding: 0; }
.contents a { display: block; padding: 0.22rem 0; color: var(--muted); text-decoration: none; }
.contents a:hover { color: var(--link); text-decoration: underline; }
.contents .level-3 a { padding-left: 1rem; font-size: 0.95em; }
@media (min-width: 1080px) {
  body { display: grid; grid-template-columns: minmax(0, 54rem) 15rem; column-gap: 3.5rem; justify-content: space-between; }
  .top { grid-column: 1 / -1; grid-row: 2; }
  footer { grid-column: 1 / -1; grid-row: 4; }
  .contents { grid-column: 2; grid-row: 3; position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow-y: auto; margin: 0; padding-left: 1rem; border-left: 1px solid var(--line); }
  main { grid-column: 1; grid-row: 3; }
}
.counts { color: var(--muted); margin-top: -0.3em; }
.cards { list-style: none; margin: 0 0 2.5rem; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }
.card { border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 8px; padding: 0.9rem 1.1rem 1rem; background: var(--raised); min-width: 0; }
.card.supported { --tone: var(--supported); }
.card.only-if { --tone: var(--only-if); }
.card.inconclusive { --tone: var(--inconclusive); }
.card.refuted { --tone: var(--refuted); }
.card .verdict { margin: 0 0 0.4rem; color: var(--tone); font-weight: 650; font-size: 0.92rem; }
.card .sign { display: inline-grid; place-items: center; width: 1.35em; height: 1.35em; margin-right: 0.25em; border-radius: 50%; background: var(--tone); color: var(--page); font-size: 0.85em; line-height: 1; }
.card .text { font-size: 1.05rem; font-weight: 550; line-height: 1.4; margin: 0 0 0.7rem; text-wrap: pretty; }
.card .condition { margin: -0.4rem 0 0.7rem; color: var(--only-if); }
.card .unexpected { margin: 0.8rem 0 0; color: var(--problem); font-size: 0.9rem; }
dl { margin: 0; font-size: 0.9rem; line-height: 1.5; }
dl > div { display: grid; grid-template-columns: 5.4rem minmax(0, 1fr); gap: 0.6rem; padding: 0.18rem 0; }
dt { color: var(--muted); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
figure { margin: 2rem 0 2.4rem; }
.plot { position: relative; min-height: var(--wide); }
.static svg { display: block; width: 100%; font-family: inherit; }
.static .narrow { display: none; }
.plot.live .static { display: none; }
@media (max-width: 631px) {
  .plot { min-height: var(--narrow); }
  .static .wide { display: none; }
  .static .narrow { display: block; }
}
.plot .alt { margin: 0; padding: 1rem 1.1rem; border: 1px dashed var(--line); border-radius: 8px; color: var(--muted); font-size: 0.95rem; }
.plot .alt .kind { display: block; font-size: 0.75rem; letter-spacing: 0.06em; text-transform: uppercase; margin-bottom: 0.25rem; }
:is(.plot.live, .plot.pictured) .alt { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.steps { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 1rem; margin: 0.4rem 0; color: var(--muted); font-size: 0.93rem; }
.steps input { flex: 1 1 12rem; max-width: 26rem; min-height: 1.8rem; margin: 0; accent-color: var(--link); }
figcaption { font-size: 0.93rem; color: var(--muted); line-height: 1.5; max-width: 46rem; }
figure.plotted figcaption { margin-top: 0.4rem; }
figure.table figcaption { margin-bottom: 0.6rem; }
/* The class names are KaTeX's. What holds a formula that is wider than the page scrolls by itself. */
:is(p, ul, ol, h2, h3, h4):has(.katex) { overflow-x: auto; overflow-y: hidden; }
.katex { font-size: 1.1em; }
.equation { overflow-x: auto; overflow-y: hidden; margin: 1.2em 0; padding: 0.2em 0; max-width: 44rem; }
.equation .katex-display { margin: 0; }
.note { border: 1px solid var(--line); border-left: 3px solid var(--link); border-radius: 8px; background: var(--raised); padding: 0.8rem 1.1rem 0.1rem; margin: 1.4em 0; max-width: 44rem; }
.note.warning { border-left-color: var(--refuted); }
.note-name { font-weight: 650; color: var(--link); margin: 0 0 0.3rem; }
.note.warning .note-name { color: var(--refuted); }
.footnotes { font-size: 0.9rem; color: var(--muted); max-width: 44rem; }
.footnotes-sep { margin: 2em 0 1em; width: 8rem; }
.card .verdict .number { float: right; font-weight: 400; color: var(--muted); }
.number { color: var(--text); font-weight: 650; text-decoration: none; margin-right: 0.3em; }
.number:hover { text-decoration: underline; }
.clock { font-style: italic; }
@media screen { .plot.live ~ figcaption .of-picture { display: none; } }
.data { font-size: 0.9rem; margin-top: 0.5rem; }
.data summary { cursor: pointer; color: var(--link); width: fit-content; padding: 0.15rem 0; }
:is(.data p, .rest) { color: var(--muted); font-size: 0.9rem; margin: 0.5rem 0 0; }
#theme, .save { color: var(--muted); }
.save { font: inherit; font-size: 0.85rem; background: none; border: 1px solid var(--line); border-radius: 999px; padding: 0.15rem 0.8rem; cursor: pointer; min-height: 1.8rem; }
.save:hover { color: var(--text); border-color: var(--muted); }
.sorter { all: unset; cursor: pointer; font: inherit; color: inherit; }
.sorter::after { content: '↕'; opacity: 0.35; margin-left: 0.35em; font-size: 0.85em; }
[aria-sort='ascending'] .sorter::after { content: '↑'; opacity: 1; }
[aria-sort='descending'] .sorter::after { content: '↓'; opacity: 1; }
.sorter:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.source summary { cursor: pointer; color: var(--link); width: fit-content; }
.source pre { max-height: 40rem; overflow: auto; }
.scroll {
  overflow: auto; max-width: 100%; margin: 0.5rem 0;
  background: linear-gradient(to right, var(--page) 30%, transparent) left / 2.5rem 100% local no-repeat,
    linear-gradient(to left, var(--page) 30%, transparent) right / 2.5rem 100% local no-repeat,
    linear-gradient(to right, var(--shade), transparent) left / 0.8rem 100% scroll no-repeat,
    linear-gradient(to left, var(--shade), transparent) right / 0.8rem 100% scroll no-repeat;
}
.data .scroll { max-height: 24rem; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.38rem 0.85rem; border-bottom: 1px solid var(--line); vertical-align: top; max-width: 26rem; overflow-wrap: normal; }
.data :is(th, td), td.numeric { white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0.6rem; }
thead th { font-weight: 600; color: var(--muted); border-bottom: 1.5px solid var(--muted); }
.data thead th { position: sticky; top: 0; background: var(--page); }
tbody tr:hover { background: var(--raised); }
.numeric { text-align: right; }
.problem { border: 2px solid var(--problem); background: var(--problem-page); color: var(--text); border-radius: 8px; padding: 0.8rem 1rem; margin: 1.5rem 0; }
.problem strong, .problem h2 { color: var(--problem); }
.wrong { color: var(--problem); }
.problem h2 { margin: 0 0 0.4rem; font-size: 1.05rem; }
.problem ul { margin: 0; padding-left: 1.2rem; }
.provenance dl > div { grid-template-columns: 11rem minmax(0, 1fr); border-bottom: 1px solid var(--line); padding: 0.35rem 0; }
.provenance dt, .provenance dd { overflow-wrap: anywhere; }
#references li { margin-bottom: 0.4rem; overflow-wrap: anywhere; }
:target { animation: found 2s ease-out; }
@keyframes found { from { background: color-mix(in srgb, var(--link) 18%, transparent); } }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: 0.85rem; }
@media (max-width: 600px) {
  body { padding: 0 1rem 2rem; }
  .top { padding: 1.4rem 0 1.1rem; margin-bottom: 1.2rem; }
  h2 { font-size: 1.22rem; }
  dl > div, .provenance dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .card dl > div { grid-template-columns: 5.2rem minmax(0, 1fr); gap: 0.5rem; }
  .contents { padding: 0.7rem 0.9rem; background: var(--raised); border-radius: 8px; }
  th, td { padding: 0.35rem 0.6rem; }
}
@media print {
  body { display: block; max-width: none; padding: 0; font-size: 10.5pt; }
  main { max-width: none; }
  .contents, #theme, .skip, .data, .steps, #source, .sorter::after, footer, .plot.pictured .drawn { display: none; }
  .plot { min-height: 0; }
  .plot.live .static { display: block; }
  .static svg { max-height: 11cm; }
  figure, .card, tr, .problem { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  th, td { white-space: normal; }
  a { color: inherit; }
}
`;
