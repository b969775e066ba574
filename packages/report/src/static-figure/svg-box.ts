import { type Box, around, mapBox, numbersIn, parseTransform, union } from './box.ts';
import { textWidth } from './text-width.ts';

/** What is needed of an element to find its box. */
export interface SvgNode {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly children: Iterable<SvgNode>;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  readonly parentElement: SvgNode | null;
  readonly style: { getPropertyValue(name: string): string } | undefined;
  getAttribute(name: string): string | null;
}

/** DejaVu Sans above and below the line, in font sizes. */
const ascent = 0.93;
const descent = 0.24;
const elementNode = 1;

const unseen = new Set(['defs', 'clipPath', 'style', 'title', 'metadata', 'script']);

/** The box of an element in its own coordinates, as `getBBox` gives it: children with their transforms. */
export function boxOf(node: SvgNode): Box | undefined {
  const name = node.tagName;
  if (unseen.has(name) || property(node, 'display') === 'none') return undefined;
  switch (name) {
    case 'text':
      return textBox(node);
    case 'rect':
    case 'image':
    case 'foreignObject':
      return rectangle(node);
    case 'circle':
      return square(length(node, 'cx'), length(node, 'cy'), length(node, 'r'));
    case 'line':
      return around([
        [length(node, 'x1'), length(node, 'y1')],
        [length(node, 'x2'), length(node, 'y2')],
      ]);
    case 'path':
      return pathBox(node.getAttribute('d') ?? '');
    default:
      return union([...node.children].map(boxInParent));
  }
}

/** The box of an element in its parent's coordinates. */
export function boxInParent(node: SvgNode): Box | undefined {
  const box = boxOf(node);
  return box && mapBox(parseTransform(node.getAttribute('transform')), box);
}

function rectangle(node: SvgNode): Box {
  const [left, top] = [length(node, 'x'), length(node, 'y')];
  return { left, top, right: left + length(node, 'width'), bottom: top + length(node, 'height') };
}

function square(x: number, y: number, reach: number): Box {
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
}

/** Around the points that a path names: for Plotly's paths this is close enough. */
function pathBox(d: string): Box | undefined {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command = '', inside = ''] of d.matchAll(/([a-z])([^a-z]*(?:e[-+]?\d[^a-z]*)*)/gi)) {
    const values = numbersIn(inside);
    const isRelative = command === command.toLowerCase();
    const move = (to: { readonly x?: number; readonly y?: number }): void => {
      x = to.x === undefined ? x : to.x + (isRelative ? x : 0);
      y = to.y === undefined ? y : to.y + (isRelative ? y : 0);
      points.push([x, y]);
    };
    const upper = command.toUpperCase();
    if (upper === 'H') for (const value of values) move({ x: value });
    if (upper === 'V') for (const value of values) move({ y: value });
    const size = { M: 2, L: 2, T: 2, S: 4, Q: 4, C: 6, A: 7 }[upper];
    if (size === undefined) continue;
    for (let at = 0; at + size <= values.length; at += size) {
      move({ x: values[at + size - 2] ?? 0, y: values[at + size - 1] ?? 0 });
    }
  }
  return points.length === 0 ? undefined : around(points);
}

/** Lines of a text are its `tspan`s of the class `line`, or else there is one. */
function textBox(node: SvgNode): Box | undefined {
  if ((node.textContent ?? '') === '') return undefined;
  const lines = [...node.children].filter((child) => child.getAttribute('class') === 'line');
  if (lines.length === 0) return lineBox(node, node, 0);
  return union(lines.map((line) => lineBox(node, line, emLength(line.getAttribute('dy'), fontSize(node)))));
}

function lineBox(text: SvgNode, line: SvgNode, shift: number): Box {
  const size = fontSize(text);
  const width = runWidth(line);
  const x = numbersIn(line.getAttribute('x') ?? text.getAttribute('x') ?? '')[0] ?? 0;
  const y = (numbersIn(text.getAttribute('y') ?? '')[0] ?? 0) + shift;
  const anchor = property(text, 'text-anchor') || 'start';
  const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
  return { left, top: y - ascent * size, right: left + width, bottom: y + descent * size };
}

/** Width of a text, in which parts may be bold or small. */
export function runWidth(node: SvgNode): number {
  const weight = inherited(node, 'font-weight');
  const isBold = weight === 'bold' || Number(weight) >= 600;
  let width = 0;
  for (const child of node.childNodes) {
    width +=
      child.nodeType === elementNode
        ? runWidth(child as unknown as SvgNode)
        : textWidth(child.textContent ?? '', fontSize(node), isBold);
  }
  return width;
}

function fontSize(node: SvgNode): number {
  const own = property(node, 'font-size');
  const value = numbersIn(own)[0];
  if (value === undefined) return node.parentElement ? fontSize(node.parentElement) : 12;
  if (own.endsWith('%')) return (value / 100) * (node.parentElement ? fontSize(node.parentElement) : 12);
  return own.endsWith('em') ? value * (node.parentElement ? fontSize(node.parentElement) : 12) : value;
}

function inherited(node: SvgNode, name: string): string {
  return property(node, name) || (node.parentElement ? inherited(node.parentElement, name) : '');
}

function property(node: SvgNode, name: string): string {
  return node.style?.getPropertyValue(name) || (node.getAttribute(name) ?? '');
}

function length(node: SvgNode, name: string): number {
  return numbersIn(node.getAttribute(name) ?? '')[0] ?? 0;
}

function emLength(text: string | null, size: number): number {
  const value = numbersIn(text ?? '')[0] ?? 0;
  return text?.endsWith('em') ? value * size : value;
}
