import { type AffineMaps, notFinite, roundingShare } from './affine-maps.ts';

/** The output of the network on each cell, as affine functions of the window's coordinates. */
export class OutputMaps {
  readonly outputs: number;
  /** For each cell and output: constant, slope along x, slope along y, size of the terms. */
  readonly #numbers: number[] = [];

  constructor(outputs: number) {
    this.outputs = outputs;
  }

  /** @throws DataError when a number is not finite. */
  push({ c, gx, gy, size }: AffineMaps): void {
    for (let unit = 0; unit < this.outputs; unit++) {
      if (!Number.isFinite(c[unit] + gx[unit] + gy[unit] + size[unit])) {
        throw notFinite();
      }
      this.#numbers.push(c[unit], gx[unit], gy[unit], size[unit]);
    }
  }

  constant(cell: number, output: number): number {
    return this.#numbers[4 * (cell * this.outputs + output)];
  }

  slopeX(cell: number, output: number): number {
    return this.#numbers[4 * (cell * this.outputs + output) + 1];
  }

  slopeY(cell: number, output: number): number {
    return this.#numbers[4 * (cell * this.outputs + output) + 2];
  }

  /** Whether the maps of two cells differ by no more than rounding does. */
  same(a: number, b: number): boolean {
    const numbers = this.#numbers;
    for (let output = 0; output < this.outputs; output++) {
      const p = 4 * (a * this.outputs + output);
      const q = 4 * (b * this.outputs + output);
      const margin = roundingShare * (numbers[p + 3] + numbers[q + 3]);
      for (let k = 0; k < 3; k++) if (Math.abs(numbers[p + k] - numbers[q + k]) > margin) return false;
    }
    return true;
  }
}
