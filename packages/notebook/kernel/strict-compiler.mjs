/**
 * Makes tslab check cells strictly, and resolve packages by their `exports`. Both are fixed inside tslab, so the compiler
 * that it calls is the only place to change them. To be called before any module of tslab is loaded.
 *
 * @param {NodeJS.Require} load - `require` from tslab's folder of modules.
 */
export function useStrictCompiler(load) {
  const id = load.resolve('@tslab/typescript-for-tslab');
  const typescript = load(id);
  const createWatchCompilerHost = (files, options, ...rest) =>
    typescript.createWatchCompilerHost(
      files,
      { ...options, strict: true, moduleResolution: typescript.ModuleResolutionKind.Bundler },
      ...rest,
    );
  // TypeScript's exports cannot be assigned to: a copy takes their place.
  load.cache[id].exports = Object.create(Object.getPrototypeOf(typescript), {
    ...Object.getOwnPropertyDescriptors(typescript),
    createWatchCompilerHost: { enumerable: true, value: createWatchCompilerHost },
  });
}
