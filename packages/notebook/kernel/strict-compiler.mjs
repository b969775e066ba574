import { fileURLToPath } from 'node:url';
import { mendEarlierVariables } from './earlier-variables.mjs';

const cellGlobals = fileURLToPath(new URL('cell-globals.d.ts', import.meta.url));

/**
 * Makes tslab check cells strictly, resolve packages by their `exports`, know all that Node 20 has, and find the variables of earlier cells.
 * All this is fixed inside tslab, so the compiler that it calls is the only place to change it. To be called before any module
 * of tslab is loaded.
 *
 * @param {NodeJS.Require} load - `require` from tslab's folder of modules.
 */
export function useStrictCompiler(load) {
  const id = load.resolve('@tslab/typescript-for-tslab');
  const typescript = load(id);
  const createWatchCompilerHost = (files, options, ...rest) => {
    const browser = options.lib.includes('lib.dom.d.ts');
    const host = typescript.createWatchCompilerHost(
      browser ? files : [...files, cellGlobals],
      {
        ...options,
        lib: [...options.lib, 'lib.es2023.d.ts'],
        strict: true,
        // Not whatever else the packages around bring for themselves: reading that takes a fifth of a kernel's start.
        types: ['node'],
        moduleResolution: typescript.ModuleResolutionKind.Bundler,
      },
      ...rest,
    );
    mendEarlierVariables(typescript, host);
    return host;
  };
  // TypeScript's exports cannot be assigned to: a copy takes their place.
  load.cache[id].exports = Object.create(Object.getPrototypeOf(typescript), {
    ...Object.getOwnPropertyDescriptors(typescript),
    createWatchCompilerHost: { enumerable: true, value: createWatchCompilerHost },
  });
}
