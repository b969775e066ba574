import type { BackendProvider } from './provider.ts';

const packageName = '@relu-lab/native';

/** As much of Node as is needed to ask for a package that may not be there, without importing anything of Node. */
interface NodeProcess {
  readonly argv: readonly string[];
  cwd(): string;
  getBuiltinModule?(name: 'module'): { createRequire(from: string): (name: string) => unknown };
  getBuiltinModule?(name: 'fs'): { realpathSync(path: string): string };
}

/**
 * The provider that the package `@relu-lab/native` exports, looked for from the script that was started and from the
 * working folder. (Not from this file: bundlers warn of `import.meta`.)
 *
 * @throws Error with the reason where there is none: in a browser, without the package, and where it is not built.
 */
export function loadNative(): BackendProvider {
  const { process } = globalThis as { readonly process?: NodeProcess };
  if (process?.getBuiltinModule === undefined) throw new Error('it needs Node');
  const { createRequire } = process.getBuiltinModule('module');
  const reasons: string[] = [];
  for (const from of places(process)) {
    try {
      const { backendProvider } = createRequire(from)(packageName) as { backendProvider: BackendProvider };
      return backendProvider;
    } catch (error) {
      if (!isMissing(error)) reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(reasons[0] ?? `the package ${packageName} is not installed`);
}

/** Files from which a package is looked for. */
function places(process: NodeProcess): readonly string[] {
  const folder = `${process.cwd()}/`;
  const script = process.argv[1];
  if (script === undefined) return [folder];
  try {
    // A command is started by a link to its script.
    return [process.getBuiltinModule?.('fs').realpathSync(script) ?? script, folder];
  } catch {
    return [folder];
  }
}

/** Whether the package itself was not found. */
function isMissing(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return code === 'MODULE_NOT_FOUND' && String(message).includes(`'${packageName}'`);
}
