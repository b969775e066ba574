import { notBuilt } from './not-built.ts';

/** Says aloud when the native kernels are not tested, here and among the backends of core. */
export function setup(): void {
  if (notBuilt === null) return;
  process.stderr.write(`\nNative kernels are not tested here, except for how they refuse to load: ${notBuilt}\n\n`);
}
