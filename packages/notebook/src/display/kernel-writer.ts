import { ParameterError } from '@relu-lab/core';
import { createRequire } from 'node:module';

/** One thing in several MIME types; front ends take the richest that they know. */
export interface Bundle {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface Placement {
  /** The name under which an output can be replaced later. */
  readonly displayId?: string;
  /** Whether to replace the output of that name instead of adding one. Default false. */
  readonly update?: boolean;
}

/** There is no notebook to show anything in. */
export class NotebookError extends Error {
  override readonly name: string = 'NotebookError';
}

type WriteDisplay = (
  content: { readonly data: object; readonly metadata: object; readonly transient: object },
  update: boolean,
) => void;

/** The names under which this kernel has shown something. */
const shown = new Set<string>();

const kernelModule = /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/;

/**
 * Adds an output to the running cell, or replaces one.
 *
 * @throws ParameterError for an update that does not say of what, or of what was never shown; NotebookError outside a tslab kernel.
 */
export function display({ data, metadata = {} }: Bundle, { displayId, update = false }: Placement = {}): void {
  if (update && displayId === undefined)
    throw new ParameterError('update: true needs displayId, the name under which the output was shown first');
  if (update && displayId !== undefined && !shown.has(displayId))
    throw new ParameterError(`Nothing was shown as '${displayId}': show it once without update`);
  const transient = displayId === undefined ? {} : { display_id: displayId };
  kernelWriter()({ data, metadata, transient }, update);
  if (displayId !== undefined) shown.add(displayId);
}

/**
 * tslab's public interface sends one MIME type at a time; its kernel sends any. The kernel's modules are found among those
 * that are loaded, so that it does not matter from where the kernel was started.
 */
function kernelWriter(): WriteDisplay {
  for (const [file, module] of Object.entries(createRequire(import.meta.url).cache)) {
    const write: unknown = kernelModule.test(file) ? module?.exports.lastWriteDisplayData : undefined;
    if (typeof write === 'function') return write as WriteDisplay;
  }
  throw new NotebookError('Nothing can be shown here: this is no cell of a notebook on the tslab kernel');
}
