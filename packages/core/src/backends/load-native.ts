import type { BackendProvider } from './provider.ts';

const packageName = '@relu-lab/native';

/** As much of Node as is needed to ask for a package that may not be there, without importing anything of Node. */
interface NodeProcess {
  cwd(): string;
  getBuiltinModule?(name: 'module'): { createRequire(from: string): (name: string) => unknown };
}

/**
 * The provider that the package `@relu-lab/native` exports, looked for from here and from the working folder.
 *
 * @throws Error with the reason where there is none: in a browser, without the package, and where it is not built.
 */
export function loadNative(): BackendProvider {
  const { process } = globalThis as { readonly process?: NodeProcess };
  const module = process?.getBuiltinModule?.('module');
  if (process === undefined || module === undefined) throw new Error('it needs Node');
  const reasons: string[] = [];
  for (const from of [import.meta.url, `${process.cwd()}/`]) {
    try {
      const { backendProvider } = module.createRequire(from)(packageName) as { backendProvider: BackendProvider };
      return backendProvider;
    } catch (error) {
      if (!isMissing(error)) reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(reasons[0] ?? `the package ${packageName} is not installed`);
}

/** Whether the package itself was not found, or, after bundling, the place to look from. */
function isMissing(error: unknown): boolean {
  const code = (error as { readonly code?: unknown }).code;
  return code === 'ERR_INVALID_ARG_VALUE' || code === 'ERR_INVALID_ARG_TYPE' || code === 'MODULE_NOT_FOUND';
}
