import type { Arena, Backend, NativeBuild } from '@relu-lab/core';
import { addon } from './addon.ts';

/**
 * Native matrix products and exponentials on a float32 arena; all else is what `compiled`, on the same arena, does.
 *
 * Every call hands the arena's present buffer over.
 */
export function nativeBackend(arena: Arena, build: NativeBuild, compiled: Backend): Backend {
  const native = addon();
  const { frame } = native;
  let buffer = arena.memory.buffer;
  /** The buffer of the arena as it is now: growth detaches the one before, whose length is then 0. */
  const present = (): ArrayBuffer => {
    if (buffer.byteLength === 0) buffer = arena.memory.buffer;
    return buffer;
  };
  const buildIndex = native.builds.indexOf(build);
  const forward = indices(native.forwardNames);
  const backward = indices(native.backwardNames);

  return {
    ...compiled,
    name: 'native',
    build,

    matmul(c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate) {
      frame[0] = buildIndex;
      frame[1] = c;
      frame[2] = cRow;
      frame[3] = a;
      frame[4] = aRow;
      frame[5] = aColumn;
      frame[6] = b;
      frame[7] = bRow;
      frame[8] = bColumn;
      frame[9] = m;
      frame[10] = n;
      frame[11] = k;
      frame[12] = accumulate ? 1 : 0;
      native.matmul(present());
    },

    denseForward(a, weight, bias, z, rows, inputs, units) {
      frame[0] = buildIndex;
      frame[1] = rows;
      frame[2] = inputs;
      frame[3] = units;
      frame[4] = a;
      frame[5] = weight;
      frame[6] = bias;
      frame[7] = z;
      native.denseForward(present());
    },

    denseBackward(a, weight, dz, dWeight, dBias, da, rows, inputs, units) {
      frame[0] = buildIndex;
      frame[1] = rows;
      frame[2] = inputs;
      frame[3] = units;
      frame[4] = a;
      frame[5] = weight;
      // The biases and outputs themselves are not needed: their places name arrays of the same lengths.
      frame[6] = dBias;
      frame[7] = dz;
      frame[8] = da;
      frame[9] = dWeight;
      frame[10] = dBias;
      frame[11] = dz;
      native.denseBackward(present());
    },

    activationForward(activation, x, y, length) {
      const { kernel } = activation;
      const index = kernel && forward.get(kernel.name);
      if (index === undefined) {
        compiled.activationForward(activation, x, y, length);
        return;
      }
      frame[0] = buildIndex;
      frame[1] = index;
      frame[2] = x;
      frame[3] = y;
      frame[4] = length;
      frame[5] = kernel?.arguments[0] ?? 0;
      native.forward(present());
    },

    activationBackward(activation, x, y, upstream, out, length) {
      const { kernel } = activation;
      const index = kernel && backward.get(kernel.name);
      // The native kernels take φ' from the input.
      if (index === undefined || activation.derivativeFromOutput !== undefined) {
        compiled.activationBackward(activation, x, y, upstream, out, length);
        return;
      }
      frame[0] = buildIndex;
      frame[1] = index;
      frame[2] = x;
      frame[3] = upstream;
      frame[4] = out;
      frame[5] = length;
      native.backward(present());
    },
  };
}

function indices(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, i) => [name, i]));
}
