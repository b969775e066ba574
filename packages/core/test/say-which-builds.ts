import { kernelBuildStatus } from '../src/backends/wasm/instantiate.ts';

/** Says aloud which builds of the compiled kernels are not tested here. */
export function setup(): void {
  for (const { build, reason } of kernelBuildStatus()) {
    if (reason === null) continue;
    process.stderr.write(`\nThe kernels of the build '${build}' are not tested here: ${reason}\n\n`);
  }
}
