import { spawn, spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { kernelFolder } from './kernel/kernel-program.ts';

/** In the order of preference. */
const programs = ['jupyter-lab', 'jupyter-notebook'];

const withoutJupyter = `No Jupyter was found on this machine. The notebooks can be used in three ways:

  VS Code   npm run kernel:install
            then open a notebook (with the Jupyter extension) and choose the kernel "TypeScript (ReLU Lab)"
  Jupyter   pip install jupyterlab   (on Debian and Ubuntu also: apt install jupyter-notebook)
            npm run notebook
  neither   npm run notebook:run -- notebooks/01-meet-the-family.ipynb
            runs a notebook and says how it went; with --save it also keeps the outputs in the file
`;

/**
 * Starts the user's Jupyter with this package's kernel among its kernels, without installing anything, and stays until it ends.
 *
 * @param args - handed on to Jupyter, such as a folder, or `--no-browser`.
 * @returns its exit code; 1 where there is no Jupyter, after saying how to go on.
 */
export async function openJupyter(args: readonly string[]): Promise<number> {
  const program = programs.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (program === undefined) {
    process.stderr.write(withoutJupyter);
    return 1;
  }
  const path = [kernelFolder, process.env['JUPYTER_PATH']].filter(Boolean).join(delimiter);
  // Ctrl-C reaches Jupyter too, which asks before it ends: this process must not end first.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  try {
    const jupyter = spawn(program, args, { stdio: 'inherit', env: { ...process.env, JUPYTER_PATH: path } });
    return await new Promise((resolve, reject) => {
      jupyter.once('error', reject);
      jupyter.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}
