import { encodePng } from './png.ts';

/** A picture's raw colours, as a browser's `ImageData`. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** As much of a browser's 2D canvas as heatmaps need: coloured rectangles and pixels in, a PNG out. */
export class PixelCanvas {
  fillStyle = '#000000';
  #pixels: Pixels;

  constructor(width: number, height: number) {
    this.#pixels = blank(width, height);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const color = rgba(this.fillStyle);
    const { data, width: columns, height: rows } = this.#pixels;
    const [fromX, fromY] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
    const [toX, toY] = [Math.min(columns, Math.round(x + width)), Math.min(rows, Math.round(y + height))];
    for (let row = fromY; row < toY; row++) {
      for (let column = fromX; column < toX; column++) data.set(color, (row * columns + column) * 4);
    }
  }

  createImageData(width: number, height: number): Pixels {
    return blank(width, height);
  }

  putImageData({ data, width, height }: Pixels, x: number, y: number): void {
    const target = this.#pixels;
    for (let row = 0; row < Math.min(height, target.height - y); row++) {
      const columns = Math.min(width, target.width - x);
      target.data.set(data.subarray(row * width * 4, (row * width + columns) * 4), ((row + y) * target.width + x) * 4);
    }
  }

  toDataURL(): string {
    const { width, height, data } = this.#pixels;
    return `data:image/png;base64,${encodePng(width, height, data).toString('base64')}`;
  }
}

function blank(width: number, height: number): Pixels {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** Red, green, blue and opacity, each to 255, of the forms in which Plotly writes colours. */
function rgba(color: string): readonly [number, number, number, number] {
  if (color.startsWith('#')) {
    const hex = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit).join('') : color.slice(1);
    const value = Number.parseInt(hex, 16);
    return [value >> 16, (value >> 8) & 255, value & 255, 255];
  }
  const [red = 0, green = 0, blue = 0, opacity = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, Math.round(opacity * 255)];
}
