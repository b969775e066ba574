import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Affine, type Box, compose, identity, mapBox, parseTransform } from './box.ts';
import { PixelCanvas } from './pixel-canvas.ts';
import { pathLength, pathPoints, pointAt } from './path-points.ts';
import { type SvgNode, boxOf, runWidth } from './svg-box.ts';

/** As much of Plotly as static figures need. */
export interface StaticPlotly {
  toImage(
    plot: { readonly data: unknown; readonly layout: unknown; readonly config?: unknown },
    options: { readonly format: 'svg'; readonly imageDataOnly: true; readonly width: number; readonly height: number },
  ): Promise<string>;
}

let drawing: Promise<StaticPlotly> | undefined;

/**
 * Plotly in a window that exists in memory only. Boxes of texts and shapes, which such a window does not know, are
 * computed from the letters of DejaVu Sans and the coordinates of the shapes. Made once a process, when it is needed: it
 * takes about a second.
 */
export function staticPlotly(): Promise<StaticPlotly> {
  drawing ??= start();
  return drawing;
}

async function start(): Promise<StaticPlotly> {
  const { Window } = await import('happy-dom');
  const window = new Window({
    width: 1280,
    height: 900,
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  const own = window as unknown as WindowGlobals & { eval(code: string): unknown };
  measureBoxes(own);
  drawPixels(own);
  own.eval(readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist-min'), 'utf8'));
  return own['Plotly'] as StaticPlotly;
}

/** Texts and shapes get a size. */
function measureBoxes(window: WindowGlobals): void {
  const methods = {
    getBBox: (node: SvgNode) => domRect(boxOf(node)),
    getBoundingClientRect: (node: SvgNode) => domRect(boxOnScreen(node)),
    getScreenCTM: (node: SvgNode) => matrix(toScreen(node)),
    getComputedTextLength: runWidth,
    getTotalLength: (node: SvgNode) => pathLength(pathPoints(node)),
    getPointAtLength: (node: SvgNode, at: number) => pointAt(pathPoints(node), at),
  };
  const classes = [
    'SVGElement',
    'SVGGraphicsElement',
    'SVGGeometryElement',
    'SVGTextContentElement',
    'SVGSVGElement',
  ].filter((name) => window[name]);
  for (const name of classes) {
    for (const [method, measure] of Object.entries(methods)) {
      define(prototypeOf(window, name), method, function (this: SvgNode, at: number) {
        return measure(this, at);
      });
    }
  }
}

/** Canvases take coloured cells; they have no WebGL. */
function drawPixels(window: WindowGlobals): void {
  const prototype = prototypeOf(window, 'HTMLCanvasElement');
  const canvases = new WeakMap<object, PixelCanvas>();
  define(prototype, 'getContext', function (this: CanvasSize, kind: string) {
    if (kind !== '2d') return null;
    const canvas = canvases.get(this) ?? new PixelCanvas(this.width, this.height);
    canvases.set(this, canvas);
    return canvas;
  });
  define(prototype, 'toDataURL', function (this: CanvasSize) {
    return (canvases.get(this) ?? new PixelCanvas(this.width, this.height)).toDataURL();
  });
}

interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

type WindowGlobals = Readonly<Record<string, unknown>>;

function prototypeOf(window: WindowGlobals, name: string): object {
  return (window[name] as { readonly prototype: object }).prototype;
}

/** Configurable: windows share their prototypes. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

function domRect(box: Box = { left: 0, top: 0, right: 0, bottom: 0 }): Record<string, number> {
  const { left, top, right, bottom } = box;
  return { x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top };
}

function boxOnScreen(node: SvgNode): Box | undefined {
  const box = boxOf(node);
  return box && mapBox(toScreen(node), box);
}

/** From the coordinates of an element to those of the outermost picture. */
function toScreen(node: SvgNode): Affine {
  let map = identity;
  for (let at: SvgNode | null = node; at !== null; at = at.parentElement) {
    map = compose(parseTransform(at.getAttribute('transform')), map);
  }
  return map;
}

function matrix([a, b, c, d, e, f]: Affine): unknown {
  const determinant = a * d - b * c;
  return {
    a,
    b,
    c,
    d,
    e,
    f,
    inverse: () =>
      matrix([
        d / determinant,
        -b / determinant,
        -c / determinant,
        a / determinant,
        (c * f - d * e) / determinant,
        (b * e - a * f) / determinant,
      ]),
  };
}
