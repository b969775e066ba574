import { describe, expect, it } from 'vitest';
import { jupyterFolder } from './jupyter-folder.ts';

/** Expected paths: https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files */
describe('jupyterFolder', () => {
  it('is where Jupyter looks on each system', () => {
    expect(jupyterFolder({ platform: 'linux', env: {}, home: '/home/ada' })).toBe('/home/ada/.local/share/jupyter');
    expect(jupyterFolder({ platform: 'darwin', env: {}, home: '/Users/ada' })).toBe('/Users/ada/Library/Jupyter');
    const windows = { platform: 'win32', home: 'C:\\Users\\ada' } as const;
    expect(jupyterFolder({ ...windows, env: { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' } })).toBe(
      'C:\\Users\\ada\\AppData\\Roaming\\jupyter',
    );
    expect(jupyterFolder({ ...windows, env: {} })).toBe('C:\\Users\\ada\\.jupyter\\data');
  });

  it('is what the environment says', () => {
    const env = { JUPYTER_DATA_DIR: '/data/jupyter', XDG_DATA_HOME: '/xdg' };
    expect(jupyterFolder({ platform: 'darwin', env, home: '/Users/ada' })).toBe('/data/jupyter');
    expect(jupyterFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/xdg' }, home: '/home/ada' })).toBe(
      '/xdg/jupyter',
    );
  });
});
