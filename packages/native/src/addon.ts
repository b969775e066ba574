import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What `addon/addon.c` exports. Kernels read their arguments from `frame`, in the order that they state there. */
export interface Addon {
  /** Builds that this processor runs, the fastest first; a kernel is told which one by its index. */
  readonly builds: readonly string[];
  /** Activations by the names of their kernels in core, which the addon has forward and backward; told by their index. */
  readonly forwardNames: readonly string[];
  readonly backwardNames: readonly string[];
  readonly frame: Float64Array;
  /** @throws RangeError for arrays that do not lie in `memory`. */
  matmul(memory: ArrayBuffer): void;
  denseForward(memory: ArrayBuffer): void;
  denseBackward(memory: ArrayBuffer): void;
  forward(memory: ArrayBuffer): void;
  backward(memory: ArrayBuffer): void;
}

const kernels = ['matmul', 'denseForward', 'denseBackward', 'forward', 'backward'] as const satisfies (keyof Addon)[];

const require = createRequire(import.meta.url);
const file = fileURLToPath(new URL('../build/relu-lab-native.node', import.meta.url));

let loaded: Addon | undefined;

/**
 * The compiled addon.
 *
 * @throws Error where it has not been built, or where it was built for another machine.
 */
export function addon(): Addon {
  if (loaded !== undefined) return loaded;
  if (!existsSync(file)) throw new Error('it is not built: run npm run build:native');
  const built = load();
  if (kernels.some((name) => typeof built[name] !== 'function')) {
    throw new Error('what was built is older than this package: run npm run build:native');
  }
  loaded = built as Addon;
  return loaded;
}

function load(): Partial<Addon> {
  try {
    return require(file) as Partial<Addon>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`what was built does not run on ${platform()} ${arch()}, build it again: ${reason}`, { cause });
  }
}
