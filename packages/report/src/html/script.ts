import { toCsv } from '../csv.ts';
import { dress, dressSizes } from '../figures/dress.ts';
import { palette } from '../figures/palette.ts';
import { partId } from './part-id.ts';

/** `0,114,178` of `#0072b2` */
function channels(color: string): string {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)).join(',');
}

/**
 * The script of a page: the theme button, tables that sort, buttons that save data, and figures that come to life when they are near the window, then the others
 * while the browser has nothing else to do. Until then, and on paper, their pictures stand there.
 *
 * It offers `window.reluLabReport.drawAll()`, a promise of every figure drawn. It must not contain an end tag.
 */
export function pageScript(): string {
  const exchange = palette.flatMap(({ light, dark }) => [
    [light, dark],
    [`rgba(${channels(light)},`, `rgba(${channels(dark)},`],
  ]);
  return `(() => {
'use strict';
const root = document.documentElement;
const plots = [...document.querySelectorAll('.plot[data-figure]')];
const darkScreen = matchMedia('(prefers-color-scheme: dark)');
const narrowScreen = matchMedia('(max-width: 600px)');
const darkColors = ${JSON.stringify(exchange)};
const config = { showSendToCloud: false, plotlyServerURL: '', displaylogo: false, responsive: true,
  modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'] };
const contents = new Map();

const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : darkScreen.matches);

// What is packed is unpacked once: the code of Plotly, and the data of large figures.
async function unpack(element) {
  if (element.type !== 'application/gzip') return element.textContent;
  if (typeof DecompressionStream === 'undefined') throw new Error('This browser cannot unpack figures.');
  const letters = atob(element.textContent);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

let plotly;
function loadPlotly() {
  plotly ??= unpack(document.getElementById('plotly')).then((code) => {
    const script = document.createElement('script');
    script.textContent = code;
    document.head.append(script);
    if (!window.Plotly) throw new Error('The drawing code did not start.');
    return window.Plotly;
  });
  return plotly;
}

// Figures hold the colours of a light page.
function recolored(value) {
  if (typeof value === 'string') {
    for (const [from, to] of darkColors) {
      if (value === from || (from.endsWith(',') && value.startsWith(from))) return to + value.slice(from.length);
    }
    return value;
  }
  if (Array.isArray(value)) return value.map(recolored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recolored(item)]));
}

// Colours of the page are written as variables.
function resolved(value, style) {
  if (typeof value === 'string') {
    return value.startsWith('var(--') ? style.getPropertyValue(value.slice(4, -1)).trim() : value;
  }
  if (Array.isArray(value)) return value.map((item) => resolved(item, style));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, style)]));
}

const dress = ${dress.toString()};

function dressed(content, width) {
  const { data, layout } = dress(isDark() ? recolored(content) : content, width, ${JSON.stringify(dressSizes)});
  const family = getComputedStyle(document.body).fontFamily;
  // Plotly's sliders know no keyboard: the page has its own.
  return { data: resolved(data, getComputedStyle(root)), layout: resolved({ ...layout, sliders: [],
    font: { family, ...layout.font } }, getComputedStyle(root)) };
}

async function content(plot) {
  const id = plot.dataset.figure;
  if (!contents.has(id)) contents.set(id, JSON.parse(await unpack(document.getElementById(id + '${partId('', 'plot')}'))));
  return contents.get(id);
}

const drawing = new Map();
function draw(plot) {
  if (!drawing.has(plot)) drawing.set(plot, drawNow(plot));
  return drawing.get(plot);
}

// A slider under a figure that has steps.
const stepping = new Map();
function addSliders(plot, { layout }) {
  const sliders = (layout.sliders ?? []).filter(({ steps }) => steps?.length > 1);
  stepping.set(plot, sliders.map(({ steps, active = 0, currentvalue }, i) => {
    const label = document.createElement('label');
    const name = document.createElement('span');
    const input = document.createElement('input');
    label.className = 'steps';
    Object.assign(input, { type: 'range', min: 0, max: steps.length - 1, step: 1, value: active });
    const say = () => {
      name.textContent = (currentvalue?.prefix ?? 'Shown: ') + steps[input.value].label;
      input.setAttribute('aria-valuetext', steps[input.value].label);
    };
    const show = () => {
      const { method, args } = steps[input.value];
      say();
      if (method !== 'skip') window.Plotly[method](plot.querySelector('.drawn'), ...args);
    };
    say();
    input.addEventListener('input', show);
    label.append(name, input);
    (i === 0 ? plot : plot.nextElementSibling).after(label);
    return { show, isMoved: () => Number(input.value) !== active };
  }));
}

async function drawNow(plot) {
  try {
    const [Plotly, figure] = await Promise.all([loadPlotly(), content(plot)]);
    const target = document.createElement('div');
    target.className = 'drawn';
    plot.append(target);
    const { data, layout } = dressed(figure, plot.clientWidth);
    const drawnFor = looks;
    await Plotly.newPlot(target, data, layout, config);
    plot.classList.add('live');
    addSliders(plot, figure);
    if (looks !== drawnFor) redraw(true);
  } catch (error) {
    plot.querySelector('.drawn')?.remove();
    const box = document.createElement('div');
    box.className = 'problem';
    box.textContent = 'This figure cannot be drawn: ' + error.message;
    plot.prepend(box);
  }
}

// Theme and width may change while a figure is being drawn.
let looks = 0;
function redraw(anew = false) {
  looks += 1;
  for (const plot of plots) {
    if (!plot.classList.contains('live')) continue;
    const { data, layout } = dressed(contents.get(plot.dataset.figure), plot.clientWidth);
    // A colour bar that changes sides leaves its old self behind, unless all is drawn anew.
    window.Plotly[anew ? 'newPlot' : 'react'](plot.querySelector('.drawn'), data, layout, config).then(() => {
      for (const { show, isMoved } of stepping.get(plot)) if (isMoved()) show();
    });
  }
}

async function drawAll() {
  for (const plot of plots) await draw(plot);
}

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target);
  }
}, { rootMargin: '600px' });
for (const plot of plots) near.observe(plot);

const whenIdle = window.requestIdleCallback ? (work) => window.requestIdleCallback(work) : (work) => setTimeout(work, 200);
function drawRest() {
  const next = plots.find((plot) => !drawing.has(plot));
  if (next) whenIdle(() => draw(next).then(drawRest));
}
addEventListener('load', drawRest);

// Tables are sorted by a button in each heading: up, down, and as they were.
const collator = new Intl.Collator(undefined, { numeric: true });
function compareCells(a, b) {
  const [x, y] = [a, b].map((cell) => cell.dataset.value);
  if (x !== undefined && y !== undefined) return isNaN(x) - isNaN(y) || Number(x) - Number(y) || 0;
  if ((x === undefined) !== (y === undefined)) return x === undefined ? 1 : -1;
  return collator.compare(a.textContent, b.textContent);
}
function makeSortable(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const sorter = document.createElement('button');
    sorter.type = 'button';
    sorter.className = 'sorter';
    sorter.append(...head.childNodes);
    head.append(sorter);
    sorter.addEventListener('click', () => {
      const now = head.getAttribute('aria-sort');
      const next = now === null ? 'ascending' : now === 'ascending' ? 'descending' : null;
      for (const other of heads) other.removeAttribute('aria-sort');
      const turn = next === 'descending' ? -1 : 1;
      if (next) head.setAttribute('aria-sort', next);
      const order = (a, b) => turn * compareCells(a.cells[column], b.cells[column]);
      body.append(...(next ? [...rows].sort(order) : rows));
    });
  });
}
for (const table of document.querySelectorAll('table.sortable')) if (table.tBodies[0].rows.length > 1) makeSortable(table);

const toCsv = ${toCsv.toString()};

// What a figure's buttons save.
async function save({ save: kind, rows: id }) {
  const rows = JSON.parse(await unpack(document.getElementById(id + '${partId('', 'rows')}')));
  const text = kind === 'csv' ? toCsv(rows) : JSON.stringify(rows, null, 1);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: kind === 'csv' ? 'text/csv' : 'application/json' }));
  link.download = id + '.' + kind;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
for (const saver of document.querySelectorAll('.save')) {
  saver.hidden = false;
  saver.addEventListener('click', () => save(saver.dataset));
}

const button = document.getElementById('theme');
function nameButton() {
  button.textContent = isDark() ? 'Light' : 'Dark';
  button.setAttribute('aria-label', 'Switch to the ' + (isDark() ? 'light' : 'dark') + ' theme');
}
button.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  nameButton();
  redraw();
});
button.hidden = false;
nameButton();
darkScreen.addEventListener('change', () => { nameButton(); redraw(); });
narrowScreen.addEventListener('change', () => redraw(true));
window.reluLabReport = { drawAll };
})();`;
}
