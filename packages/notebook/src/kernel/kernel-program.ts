import { fileURLToPath } from 'node:url';

/** The program that Jupyter starts. It lies beside the sources and beside the build. */
export const kernelProgram: string = fileURLToPath(new URL('../../kernel/start.mjs', import.meta.url));

/** The folder for `JUPYTER_PATH`: it holds a specification of the kernel that needs no installation. */
export const kernelFolder: string = fileURLToPath(new URL('../..', import.meta.url));
