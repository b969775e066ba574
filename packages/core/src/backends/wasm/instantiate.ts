import { ParameterError } from '../../errors.ts';
import { kernelBuilds } from '../../generated/kernels.ts';
import type { BackwardKernel, ForwardKernel, Kernels } from './kernels.ts';

/** The kernels of one arena. */
export interface KernelInstance {
  /** The build that runs. */
  readonly build: string;
  readonly kernels: Kernels;
  /** The compiled activations by the name in {@link ActivationKernel}. */
  readonly activations: ReadonlyMap<string, ActivationKernels>;
}

export interface ActivationKernels {
  readonly forward: ForwardKernel;
  readonly backward: BackwardKernel;
}

/** Compiled on first use, and once for all arenas. */
let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  const bytes = Uint8Array.from(atob(kernelBuilds.simd), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) {
    throw new ParameterError(
      "The backend 'wasm' needs a runtime with WebAssembly SIMD (Node 16.4, Chrome 91, Firefox 89, Safari 16.4 or newer); here use the backend 'reference'",
    );
  }
  return new WebAssembly.Module(bytes);
}

function activationsOf(exported: WebAssembly.Exports): Map<string, ActivationKernels> {
  const found = new Map<string, ActivationKernels>();
  for (const [exportName, forward] of Object.entries(exported)) {
    if (!exportName.endsWith('Forward')) continue;
    const name = exportName.slice(0, -'Forward'.length);
    if (structured.has(name)) continue;
    found.set(name, {
      forward: forward as ForwardKernel,
      backward: exported[`${name}Backward`] as BackwardKernel,
    });
  }
  return found;
}

/** Layers that have a forward and a backward kernel and are no elementwise activations. */
const structured: ReadonlySet<string> = new Set(['prelu', 'maxout']);

/**
 * The compiled kernels, working on `memory`.
 *
 * @throws ParameterError in a runtime without WebAssembly SIMD.
 */
export function instantiateKernels(memory: WebAssembly.Memory): KernelInstance {
  compiled ??= compile();
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { build: 'simd', kernels: exports as unknown as Kernels, activations: activationsOf(exports) };
}
