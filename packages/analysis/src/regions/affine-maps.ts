import { DataError } from '@relu-lab/core';
import type { BendStep, DenseStep, MaxoutStep, ScaleStep, Step, SumStep } from './linear-program.ts';

/**
 * Rounding errors of a value are taken to be below this share of its `size`. Float64 rounds to 1.1e-16; sums of a few hundred
 * terms through tens of layers stay a hundred times below this.
 */
export const roundingShare = 1e-12;

/** The values of one step on a cell, as affine functions of the window's coordinates: unit j is c[j] + gx[j] x + gy[j] y. */
export interface AffineMaps {
  readonly c: Float64Array;
  readonly gx: Float64Array;
  readonly gy: Float64Array;
  /** For each unit the size of the terms that it is summed from: `roundingShare` times this is its error. */
  readonly size: Float64Array;
}

export function affineMaps(width: number): AffineMaps {
  return {
    c: new Float64Array(width),
    gx: new Float64Array(width),
    gy: new Float64Array(width),
    size: new Float64Array(width),
  };
}

/** The value of an affine map can reach this in the window. */
export function magnitude({ c, gx, gy }: AffineMaps, unit: number): number {
  return Math.abs(c[unit]) + Math.abs(gx[unit]) + Math.abs(gy[unit]);
}

/** Writes the output of an affine step. */
export function applyAffine(
  step: DenseStep | ScaleStep | SumStep,
  values: readonly AffineMaps[],
  out: AffineMaps,
): void {
  if (step.kind === 'dense') applyDense(step, values[step.sources[0]], out);
  else if (step.kind === 'scale') applyScale(step, values[step.sources[0]], out);
  else applySum(step, values, out);
  flushRounding(out);
}

/** Units that are 0 everywhere, as half of all after ReLU, are left out of the sums. */
function applyDense({ width, inputs, weights, biases, norms }: DenseStep, from: AffineMaps, out: AffineMaps): void {
  const live = liveUnits(from, inputs);
  let squares = 0;
  for (const unit of live) squares += from.size[unit] ** 2;
  // Errors of the terms add up like random numbers: √(Σ w² size²) for sizes that do not depend on w.
  const size = Math.sqrt(squares / inputs);
  const { c: fromC, gx: fromX, gy: fromY } = from;
  const terms = live.length;
  for (let unit = 0; unit < width; unit++) {
    const row = unit * inputs;
    let c = biases[unit];
    let gx = 0;
    let gy = 0;
    for (let k = 0; k < terms; k++) {
      const i = live[k];
      const w = weights[row + i];
      c += w * fromC[i];
      gx += w * fromX[i];
      gy += w * fromY[i];
    }
    out.c[unit] = c;
    out.gx[unit] = gx;
    out.gy[unit] = gy;
    out.size[unit] = norms[unit] * size + Math.abs(biases[unit]);
  }
}

function liveUnits({ c, gx, gy }: AffineMaps, width: number): Int32Array {
  const live = new Int32Array(width);
  let count = 0;
  for (let unit = 0; unit < width; unit++) {
    if (c[unit] !== 0 || gx[unit] !== 0 || gy[unit] !== 0) live[count++] = unit;
  }
  return live.subarray(0, count);
}

function applyScale({ width, factors, shifts }: ScaleStep, from: AffineMaps, out: AffineMaps): void {
  for (let unit = 0; unit < width; unit++) {
    const factor = factors[unit];
    out.c[unit] = factor * from.c[unit] + shifts[unit];
    out.gx[unit] = factor * from.gx[unit];
    out.gy[unit] = factor * from.gy[unit];
    out.size[unit] = Math.abs(factor) * from.size[unit] + Math.abs(shifts[unit]);
  }
}

function applySum({ width, sources }: SumStep, values: readonly AffineMaps[], out: AffineMaps): void {
  for (const field of ['c', 'gx', 'gy', 'size'] as const) {
    const to = out[field];
    to.fill(0);
    for (const source of sources) {
      const from = values[source][field];
      for (let unit = 0; unit < width; unit++) to[unit] += from[unit];
    }
  }
}

/** The error for a value beyond the largest float64. */
export function notFinite(): DataError {
  return new DataError(
    'A value of the network is not finite here; count the linear regions of a network before it diverges',
  );
}

/** What cancels to less than its rounding error is 0; sizes are at least what the value reaches. */
function flushRounding(out: AffineMaps): void {
  for (let unit = 0; unit < out.c.length; unit++) {
    const reached = magnitude(out, unit);
    if (!Number.isFinite(reached + out.size[unit])) throw notFinite();
    if (reached > roundingShare * out.size[unit]) {
      if (reached > out.size[unit]) out.size[unit] = reached;
      continue;
    }
    out.c[unit] = 0;
    out.gx[unit] = 0;
    out.gy[unit] = 0;
  }
}

/** Writes the output of a unit that bends, where its pre-activation is on piece `piece`. */
export function applyPiece(step: BendStep, unit: number, piece: number, from: AffineMaps, out: AffineMaps): void {
  const { slopes, intercepts } = step.pieces[unit];
  const slope = slopes[piece];
  const intercept = intercepts[piece];
  out.c[unit] = slope * from.c[unit] + intercept;
  out.gx[unit] = slope * from.gx[unit];
  out.gy[unit] = slope * from.gy[unit];
  out.size[unit] = Math.abs(slope) * from.size[unit] + Math.abs(intercept);
}

/** Writes the output of a maxout unit where `piece` wins. */
export function applyWinner(step: MaxoutStep, unit: number, piece: number, from: AffineMaps, out: AffineMaps): void {
  const winner = unit * step.pieces + piece;
  out.c[unit] = from.c[winner];
  out.gx[unit] = from.gx[winner];
  out.gy[unit] = from.gy[winner];
  out.size[unit] = from.size[winner];
}

export function isAffine(step: Step): step is DenseStep | ScaleStep | SumStep {
  return step.kind === 'dense' || step.kind === 'scale' || step.kind === 'sum';
}
