import type { ArenaMemory } from '../../arena.ts';
import type { KernelBuild } from '../../backend.ts';
import { ParameterError } from '../../errors.ts';
import { kernelBuilds } from '../../generated/kernels.ts';
import type { BuildStatus } from '../provider.ts';
import type { BackwardKernel, ForwardKernel, Kernels } from './kernels.ts';

/** The kernels of one arena. */
export interface KernelInstance {
  /** The build that runs. */
  readonly build: KernelBuild;
  readonly kernels: Kernels;
  /** The compiled activations by the name in {@link ActivationKernel}. */
  readonly activations: ReadonlyMap<string, ActivationKernels>;
}

export interface ActivationKernels {
  readonly forward: ForwardKernel;
  readonly backward: BackwardKernel;
}

/** What each build needs of a runtime, the fastest first. */
const needs: Readonly<Record<KernelBuild, string>> = {
  'relaxed-simd': 'it needs a runtime with WebAssembly relaxed SIMD (Node 22, Chrome 114 or newer)',
  simd: 'it needs a runtime with WebAssembly SIMD (Node 16.4, Chrome 91, Firefox 89, Safari 16.4 or newer)',
};

const builds = Object.keys(needs) as readonly KernelBuild[];

/** Whether the runtime supports a build: asked for once. */
const supported = new Map<KernelBuild, boolean>();

/** Each compiled on first use, and once for all arenas. */
const compiled = new Map<KernelBuild, WebAssembly.Module>();

function bytesOf(build: KernelBuild): Uint8Array<ArrayBuffer> {
  const characters = atob(kernelBuilds[build]);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

function isSupported(build: KernelBuild): boolean {
  let answer = supported.get(build);
  if (answer === undefined) {
    answer = WebAssembly.validate(bytesOf(build));
    supported.set(build, answer);
  }
  return answer;
}

function moduleOf(build: KernelBuild): WebAssembly.Module {
  let module = compiled.get(build);
  if (module === undefined) {
    module = new WebAssembly.Module(bytesOf(build));
    compiled.set(build, module);
  }
  return module;
}

/** The builds of the compiled kernels that this runtime supports, the fastest first. */
export function supportedBuilds(): readonly KernelBuild[] {
  return builds.filter(isSupported);
}

/** Every build, the fastest first, and what those that do not run here need. */
export function kernelBuildStatus(): readonly BuildStatus<KernelBuild>[] {
  return builds.map((build) => ({
    build,
    // Found out when somebody reads it: validation takes milliseconds.
    get reason() {
      return isSupported(build) ? null : needs[build];
    },
  }));
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
const structured: ReadonlySet<string> = new Set(['dense', 'prelu', 'maxout']);

/**
 * The compiled kernels, working on `memory`.
 *
 * @throws ParameterError where the runtime does not support the build.
 */
export function instantiateKernels(memory: ArenaMemory, build: KernelBuild): KernelInstance {
  if (!isSupported(build)) throw new ParameterError(`The build '${build}' does not run here: ${needs[build]}`);
  const { exports } = new WebAssembly.Instance(moduleOf(build), { env: { memory: memory as WebAssembly.Memory } });
  return { build, kernels: exports as unknown as Kernels, activations: activationsOf(exports) };
}
