import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PixelCanvas } from './pixel-canvas.ts';
import { encodePng } from './png.ts';

describe('encodePng', () => {
  it('writes a header with the size, and an end with its published check sum', () => {
    const png = encodePng(2, 3, new Uint8ClampedArray(24));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 3]);
    expect(png.subarray(-8).toString('hex')).toBe('49454e44ae426082');
  });
});

describe('PixelCanvas', () => {
  /** Red, green, blue and opacity of each pixel. */
  const pixels = (canvas: PixelCanvas, width: number): number[][] => {
    const png = Buffer.from(canvas.toDataURL().replace(/^.*,/, ''), 'base64');
    const at = png.indexOf('IDAT');
    const lines = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    const stride = width * 4 + 1;
    return Array.from({ length: (lines.length / stride) * width }, (_, i) => {
      const from = Math.floor(i / width) * stride + 1 + (i % width) * 4;
      return [...lines.subarray(from, from + 4)];
    });
  };

  it('fills rectangles, cut at its edges', () => {
    const canvas = new PixelCanvas(2, 2);
    canvas.fillStyle = 'rgba(10, 20, 30, 0.5)';
    canvas.fillRect(1, 0, 5, 1);
    canvas.fillStyle = '#ff0000';
    canvas.fillRect(-1, 1, 2, 1);
    expect(pixels(canvas, 2)).toEqual([
      [0, 0, 0, 0],
      [10, 20, 30, 128],
      [255, 0, 0, 255],
      [0, 0, 0, 0],
    ]);
  });

  it('takes pixels at a place', () => {
    const canvas = new PixelCanvas(2, 1);
    const image = canvas.createImageData(1, 1);
    image.data.set([1, 2, 3, 4]);
    canvas.putImageData(image, 1, 0);
    expect(pixels(canvas, 2)).toEqual([
      [0, 0, 0, 0],
      [1, 2, 3, 4],
    ]);
  });
});
