import type { ElementwiseActivation } from '../activation.ts';
import type { Arena } from '../arena.ts';
import type { Backend, KernelBuild } from '../backend.ts';
import { power } from '../power.ts';
import type { BackendProvider } from './provider.ts';
import { referenceActivations } from './reference/activations.ts';
import { instantiateKernels, kernelBuildStatus } from './wasm/instantiate.ts';

/** Kernels take addresses in bytes. */
const bytes = 4;

/** An argument of an activation's kernel, 0 where it takes fewer. By index: destructuring a list makes an iterator at every call. */
function argument(kernel: ElementwiseActivation['kernel'], index: number): number {
  return kernel?.arguments[index] ?? 0;
}

/** AssemblyScript SIMD, the same on every machine unless `relaxed-simd` is asked for. */
export const wasmProvider: BackendProvider = {
  name: 'wasm',
  usualBuild: 'simd',
  builds: kernelBuildStatus,
  create: (arena, build) => wasmBackend(arena, build as KernelBuild),
};

/**
 * The compiled kernels on a float32 arena, of which they take some 320 KiB for the blocks of matrix products: so a
 * mark that is released later has to be taken after this.
 *
 * @throws ParameterError where the runtime does not support the build.
 */
export function wasmBackend(arena: Arena, build: KernelBuild): Backend {
  const { kernels, activations } = instantiateKernels(arena.memory, build);
  const scratch = arena.allocate(kernels.matmulScratchBytes() / bytes) * bytes;
  const uncompiled = referenceActivations(arena);

  return {
    name: 'wasm',
    build,
    arena,

    matmul(c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate) {
      kernels.matmul(
        scratch,
        c * bytes,
        cRow * bytes,
        a * bytes,
        aRow * bytes,
        aColumn * bytes,
        b * bytes,
        bRow * bytes,
        bColumn * bytes,
        m,
        n,
        k,
        accumulate,
      );
    },

    denseForward(a, weight, bias, z, rows, inputs, units) {
      kernels.denseForward(scratch, a * bytes, weight * bytes, bias * bytes, z * bytes, rows, inputs, units);
    },
    denseBackward(a, weight, dz, dWeight, dBias, da, rows, inputs, units) {
      kernels.denseBackward(
        scratch,
        a * bytes,
        weight * bytes,
        dz * bytes,
        dWeight * bytes,
        dBias * bytes,
        da * bytes,
        rows,
        inputs,
        units,
      );
    },

    fill(x, length, value) {
      kernels.fill(x * bytes, length, value);
    },
    copy(y, x, length) {
      kernels.copy(y * bytes, x * bytes, length);
    },
    addScaled(y, x, length, factor) {
      kernels.addScaled(y * bytes, x * bytes, length, factor);
    },
    scale(x, length, factor) {
      kernels.scale(x * bytes, length, factor);
    },

    columnSums(out, x, rows, columns, accumulate) {
      kernels.columnSums(out * bytes, x * bytes, rows, columns, accumulate);
    },
    sum(x, length) {
      return kernels.sum(x * bytes, length);
    },
    sumOfSquares(x, length) {
      return kernels.sumOfSquares(x * bytes, length);
    },
    allFinite(x, length) {
      return kernels.allFinite(x * bytes, length) !== 0;
    },
    countZeros(x, length) {
      return kernels.countZeros(x * bytes, length);
    },

    activationForward(activation, x, y, length) {
      const kernel = activation.kernel;
      const compiled = kernel && activations.get(kernel.name);
      if (compiled === undefined) {
        uncompiled.activationForward(activation, x, y, length);
        return;
      }
      compiled.forward(x * bytes, y * bytes, length, argument(kernel, 0), argument(kernel, 1));
    },
    activationBackward(activation, x, y, upstream, out, length) {
      const kernel = activation.kernel;
      const compiled = kernel && activations.get(kernel.name);
      if (compiled === undefined) {
        uncompiled.activationBackward(activation, x, y, upstream, out, length);
        return;
      }
      const saved = activation.derivativeFromOutput === undefined ? x : y;
      compiled.backward(saved * bytes, upstream * bytes, out * bytes, length, argument(kernel, 0), argument(kernel, 1));
    },

    preluForward(x, slopes, y, rows, columns, shared) {
      kernels.preluForward(x * bytes, slopes * bytes, y * bytes, rows, columns, shared);
    },
    preluBackward(x, slopes, upstream, dx, dSlopes, rows, columns, shared) {
      kernels.preluBackward(
        x * bytes,
        slopes * bytes,
        upstream * bytes,
        dx * bytes,
        dSlopes * bytes,
        rows,
        columns,
        shared,
      );
    },

    maxoutForward(x, y, winners, rows, units, pieces) {
      kernels.maxoutForward(x * bytes, y * bytes, winners * bytes, rows * units, pieces);
    },
    maxoutBackward(upstream, winners, dx, rows, units, pieces) {
      kernels.maxoutBackward(upstream * bytes, winners * bytes, dx * bytes, rows * units, pieces);
    },

    softmaxCrossEntropy(logits, labels, gradient, rows, classes) {
      return (
        kernels.softmaxCrossEntropy(logits * bytes, labels * bytes, gradient * bytes, rows, classes, 1 / rows) / rows
      );
    },
    meanSquaredError(output, target, gradient, length) {
      return kernels.squaredError(output * bytes, target * bytes, gradient * bytes, length, 2 / length) / length;
    },

    sgdStep(p, g, velocity, length, rate, momentum, nesterov, weightDecay) {
      kernels.sgdStep(p * bytes, g * bytes, velocity * bytes, length, rate, momentum, nesterov, weightDecay);
    },
    rmspropStep(p, g, square, length, rate, decay, epsilon, weightDecay) {
      kernels.rmspropStep(p * bytes, g * bytes, square * bytes, length, rate, decay, 1 - decay, epsilon, weightDecay);
    },
    adamStep(p, g, mean, square, length, step, rate, beta1, beta2, epsilon, weightDecay, decoupled) {
      kernels.adamStep(
        p * bytes,
        g * bytes,
        mean * bytes,
        square * bytes,
        length,
        rate / (1 - power(beta1, step)),
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        1 / Math.sqrt(1 - power(beta2, step)),
        epsilon,
        decoupled ? 0 : weightDecay,
        decoupled ? 1 - rate * weightDecay : 1,
      );
    },
  };
}
