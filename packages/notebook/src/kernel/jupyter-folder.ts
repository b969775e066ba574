import { posix, win32 } from 'node:path';

/** What the place of Jupyter's data depends on. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

/**
 * The folder in which Jupyter and VS Code look for the user's kernels, under `kernels`: `$JUPYTER_DATA_DIR`, else
 * `~/Library/Jupyter` on macOS, `%APPDATA%\jupyter` on Windows, `$XDG_DATA_HOME/jupyter` or `~/.local/share/jupyter` elsewhere.
 *
 * @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 */
export function jupyterFolder({ platform, env, home }: Machine): string {
  const chosen = env['JUPYTER_DATA_DIR'];
  if (chosen) return chosen;
  const { join } = platform === 'win32' ? win32 : posix;
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform === 'win32') {
    const roaming = env['APPDATA'];
    return roaming ? join(roaming, 'jupyter') : join(home, '.jupyter', 'data');
  }
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'jupyter');
}
