import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { kernelProgram } from './kernel-program.ts';
import { jupyterFolder } from './jupyter-folder.ts';

/** The name under which notebooks ask for the kernel. */
export const kernelName = 'relu-lab';

/** A kernel specification that cannot be written, or is somebody else's. */
export class KernelInstallError extends Error {
  override readonly name: string = 'KernelInstallError';
}

export interface KernelPlace {
  /** Jupyter's data folder. Default: {@link jupyterFolder} of this machine. */
  readonly folder?: string;
}

const madeHere = 'relu_lab';

/**
 * Tells Jupyter and VS Code of the kernel: writes `kernels/relu-lab/kernel.json` with the absolute paths of this Node and of
 * this package's kernel, so that neither depends on how an editor was started. An older one of ours is replaced.
 *
 * @returns the path of `kernel.json`.
 * @throws KernelInstallError when the folder cannot be written to, or holds a kernel of that name that was not made here.
 */
export function installKernel({ folder = thisMachine() }: KernelPlace = {}): string {
  const place = join(folder, 'kernels', kernelName);
  const path = join(place, 'kernel.json');
  refuseForeign(path);
  const specification = {
    argv: [process.execPath, kernelProgram, '--config-path', '{connection_file}'],
    display_name: 'TypeScript (ReLU Lab)',
    language: 'typescript',
    interrupt_mode: 'signal',
    metadata: { [madeHere]: true },
  };
  try {
    mkdirSync(place, { recursive: true });
    writeFileSync(`${path}.new`, `${JSON.stringify(specification, null, 2)}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw new KernelInstallError(
      `The kernel cannot be written to ${place} (${reason(error)}); JUPYTER_DATA_DIR names another folder`,
    );
  }
  return path;
}

/**
 * Takes the kernel away again.
 *
 * @returns the folder that was removed; null when there was none.
 * @throws KernelInstallError when the kernel of that name was not made here, or cannot be removed.
 */
export function uninstallKernel({ folder = thisMachine() }: KernelPlace = {}): string | null {
  const place = join(folder, 'kernels', kernelName);
  const path = join(place, 'kernel.json');
  if (!existsSync(path)) return null;
  refuseForeign(path);
  try {
    rmSync(place, { recursive: true });
  } catch (error) {
    throw new KernelInstallError(`${place} cannot be removed (${reason(error)})`);
  }
  return place;
}

function thisMachine(): string {
  return jupyterFolder({ platform: process.platform, env: process.env, home: homedir() });
}

function refuseForeign(path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return;
  }
  try {
    if (JSON.parse(text).metadata?.[madeHere] === true) return;
  } catch {
    // Not JSON, hence not ours.
  }
  throw new KernelInstallError(`${path} was not written by ReLU Lab: remove it by hand if it is not needed`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
