import { palette } from '../figures/palette.ts';

/** `0,114,178` of `#0072b2` */
function channels(color: string): string {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)).join(',');
}

/**
 * The script of a page: the theme button, and figures that come to life when they are near the window, then the others
 * while the browser has nothing else to do. Whoever prints before that gets the words and numbers of what is missing.
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
let printing = false;

const isDark = () => !printing && (root.dataset.theme ? root.dataset.theme === 'dark' : darkScreen.matches);

// What is packed is unpacked once: the code of Plotly, and the data of large figures.
async function unpack(element) {
  if (element.type !== 'application/gzip') return element.textContent;
  if (typeof DecompressionStream === 'undefined') throw new Error('This browser cannot unpack figures.');
  const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
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

function template(narrow) {
  const style = getComputedStyle(root);
  const color = (name) => style.getPropertyValue('--' + name).trim();
  const axis = { automargin: true, gridcolor: color('grid'), linecolor: color('line'), zerolinecolor: color('line'),
    tickcolor: color('line'), showline: true, zeroline: false, ticks: '', title: { standoff: 10 } };
  const scene = { backgroundcolor: color('page'), gridcolor: color('grid'), color: color('text') };
  return { layout: {
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: getComputedStyle(document.body).fontFamily, size: narrow ? 12 : 13, color: color('text') },
    xaxis: axis, yaxis: axis, scene: { xaxis: scene, yaxis: scene, zaxis: scene },
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom', bgcolor: 'rgba(0,0,0,0)' },
    hoverlabel: { bgcolor: color('raised'), bordercolor: color('line'), font: { color: color('text') }, namelength: -1 },
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: color('muted'), activecolor: color('text') },
    shapedefaults: { line: { color: color('muted') } },
    annotationdefaults: { font: { color: color('muted') }, arrowcolor: color('muted') },
    margin: narrow ? { l: 44, r: 8, t: 14, b: 44 } : { l: 60, r: 16, t: 14, b: 52 },
  }, data: { bar: [{ error_y: { color: color('text') }, error_x: { color: color('text') } }] } };
}

const barOnTop = { orientation: 'h', x: 0.5, xanchor: 'center', y: 1.02, yanchor: 'bottom', thickness: 12, len: 1 };
const barAside = { thickness: 14, outlinewidth: 0 };

function dressed(content, width) {
  const narrow = width < 600;
  const { data, layout } = isDark() ? recolored(content) : content;
  const bar = narrow ? barOnTop : barAside;
  return {
    data: data.map((trace) => (trace.colorbar ? { ...trace, colorbar: { outlinewidth: 0, ...bar, ...trace.colorbar,
      title: { side: narrow ? 'top' : 'right', ...trace.colorbar.title } } } : trace)),
    layout: { template: template(narrow), ...layout, height: height(data, layout, width), autosize: true,
      ...(printing && { width }) },
  };
}

// A legend in several rows must not eat the plot.
function height(data, layout, width) {
  const shown = data.filter((trace) => trace.showlegend !== false && trace.name);
  const widest = Math.max(0, ...shown.map((trace) => trace.name.length));
  const rows = shown.length > 1 ? Math.ceil(shown.length / Math.max(1, Math.floor(width / (widest * 8 + 50)))) : 0;
  return (layout.height ?? (width < 600 ? 360 : 420)) + 21 * Math.max(0, rows - 1);
}

async function content(plot) {
  const id = plot.dataset.figure;
  if (!contents.has(id)) contents.set(id, JSON.parse(await unpack(document.getElementById(id + '-plot'))));
  return contents.get(id);
}

const drawing = new Map();
function draw(plot) {
  if (!drawing.has(plot)) drawing.set(plot, drawNow(plot));
  return drawing.get(plot);
}

async function drawNow(plot) {
  try {
    const [Plotly, figure] = await Promise.all([loadPlotly(), content(plot)]);
    const target = document.createElement('div');
    target.className = 'drawn';
    plot.append(target);
    const { data, layout } = dressed(figure, widthOf(plot));
    const drawnFor = looks;
    await Plotly.newPlot(target, data, layout, config);
    plot.style.minHeight = '';
    plot.classList.add('live');
    if (looks !== drawnFor) redraw();
  } catch (error) {
    plot.querySelector('.drawn')?.remove();
    const box = document.createElement('div');
    box.className = 'problem';
    box.textContent = 'This figure cannot be drawn: ' + error.message;
    plot.prepend(box);
  }
}

// What printing changes (theme, width of the screen) must not undo the width of the paper.
const widthOf = (plot) => (printing ? 680 : plot.clientWidth);

// Theme, width and printing may change while a figure is being drawn.
let looks = 0;
function redraw() {
  looks += 1;
  for (const plot of plots) {
    if (!plot.classList.contains('live')) continue;
    const { data, layout } = dressed(contents.get(plot.dataset.figure), widthOf(plot));
    window.Plotly.react(plot.querySelector('.drawn'), data, layout, config);
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
narrowScreen.addEventListener('change', () => redraw());

// A browser does not wait for drawing when it prints.
let unfolded = [];
addEventListener('beforeprint', () => {
  printing = true;
  redraw();
  const folded = plots.filter((plot) => !plot.classList.contains('live')).map((plot) => plot.parentNode.querySelector('.data'));
  for (const data of folded) data.classList.add('in-print');
  unfolded = [...unfolded, ...folded.filter((data) => !data.open)];
  for (const data of unfolded) data.open = true;
});
addEventListener('afterprint', () => {
  printing = false;
  redraw();
  for (const data of document.querySelectorAll('.data.in-print')) data.classList.remove('in-print');
  for (const data of unfolded) data.open = false;
  unfolded = [];
});
window.reluLabReport = { drawAll };
})();`;
}
