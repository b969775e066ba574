import type { BackendRefusal } from '../backend.ts';

/** As much of Node's process as gives warnings. */
interface Warning {
  emitWarning?(message: string, options: { readonly type: string; readonly detail: string }): void;
}

const told = new Set<string>();

/** Says once in a process that a backend was refused: as a warning of Node, or to the browser's error handlers. */
export function warnOfRefusal({ name, build, faults }: BackendRefusal): void {
  const message = `The backend '${name}' in the build '${build}' computes wrong numbers and is not used`;
  if (told.has(message)) return;
  told.add(message);
  const { process, reportError } = globalThis as {
    readonly process?: Warning;
    readonly reportError?: (error: Error) => void;
  };
  const detail = faults.join('\n');
  if (process?.emitWarning !== undefined) process.emitWarning(message, { type: 'BackendWarning', detail });
  else reportError?.(new Error(`${message}:\n${detail}`));
}
