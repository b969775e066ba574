import { describe, expect, it } from 'vitest';
import { palette, translucent } from './palette.ts';

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** How colours look to eyes that lack one kind of cone: Machado, Oliveira & Fernandes 2009, severity 1. */
const visions: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(color: string): Vector {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const v = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function seen(color: string, vision: Matrix): Vector {
  const rgb = linear(color);
  const clamp = (row: Vector): number => Math.min(1, Math.max(0, dot(row, rgb)));
  return [clamp(vision[0]), clamp(vision[1]), clamp(vision[2])];
}

/** CIE 1976 L*a*b*, D65. */
function lab(rgb: Vector): Vector {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot([0.4124, 0.3576, 0.1805], rgb) / 0.9505);
  const y = f(dot([0.2126, 0.7152, 0.0722], rgb));
  const z = f(dot([0.0193, 0.1192, 0.9505], rgb) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function contrast(a: string, b: string): number {
  const luminance = (color: string): number => dot([0.2126, 0.7152, 0.0722], linear(color));
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('the palette', () => {
  for (const theme of ['light', 'dark'] as const) {
    const colors = palette.map((color) => color[theme]);

    it.each(Object.entries(visions))(`keeps its ${theme} colours apart with %s`, (_name, vision) => {
      for (const [i, a] of colors.entries()) {
        for (const b of colors.slice(i + 1)) {
          const [p, q] = [lab(seen(a, vision)), lab(seen(b, vision))];
          expect(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]), `${a} and ${b}`).toBeGreaterThan(15);
        }
      }
    });
  }

  it('stands out from the page', () => {
    for (const { light, dark } of palette) {
      expect(contrast(light, '#ffffff'), light).toBeGreaterThan(2.2);
      expect(contrast(dark, '#15181c'), dark).toBeGreaterThan(4.5);
    }
  });

  it('has no dark colour that is another one on a light page, which could be exchanged twice', () => {
    const lights = palette.map(({ light }) => light);
    for (const { dark } of palette) expect(lights).not.toContain(dark);
  });
});

describe('translucent', () => {
  it('writes the channels', () => {
    expect(translucent('#0072b2', 0.2)).toBe('rgba(0,114,178,0.2)');
  });
});
