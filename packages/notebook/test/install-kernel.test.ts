import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KernelInstallError, installKernel, kernelFolder, kernelProgram, uninstallKernel } from '../src/kernel.ts';
import { temporaryFolder } from './cells.ts';

describe('installKernel', () => {
  it('writes a specification with absolute paths that exist', () => {
    const folder = temporaryFolder();
    const path = installKernel({ folder });
    expect(path).toBe(join(folder, 'kernels', 'relu-lab', 'kernel.json'));
    const { argv, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
    expect(argv.slice(2)).toEqual(['--config-path', '{connection_file}']);
    for (const part of argv.slice(0, 2)) expect([isAbsolute(part), existsSync(part)]).toEqual([true, true]);
    expect(rest).toMatchObject({ language: 'typescript', interrupt_mode: 'signal' });
    expect(readdirSync(dirname(path))).toEqual(['kernel.json']);
  });

  it('replaces its own, and leaves a stranger’s alone', () => {
    const folder = temporaryFolder();
    const path = installKernel({ folder });
    expect(installKernel({ folder })).toBe(path);
    for (const text of ['{"argv": ["other"]}', 'not JSON']) {
      writeFileSync(path, text);
      expect(() => installKernel({ folder })).toThrow(KernelInstallError);
      expect(() => uninstallKernel({ folder })).toThrow(/was not written by ReLU Lab/);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('says which folder cannot be written to', () => {
    const folder = temporaryFolder({ kernels: 'a file, where a folder should be' });
    expect(() => installKernel({ folder })).toThrow(/cannot be written to .*relu-lab.*JUPYTER_DATA_DIR/s);
  });
});

describe('uninstallKernel', () => {
  it('removes what was installed, and nothing else', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'kernels', 'python3'), { recursive: true });
    installKernel({ folder });
    expect(uninstallKernel({ folder })).toBe(join(folder, 'kernels', 'relu-lab'));
    expect(readdirSync(join(folder, 'kernels'))).toEqual(['python3']);
    expect(uninstallKernel({ folder })).toBeNull();
  });
});

describe('the specification that needs no installation', () => {
  it('lies where JUPYTER_PATH can name it, and leads to the kernel from wherever the repository is', () => {
    const folder = join(kernelFolder, 'kernels', 'relu-lab');
    const { argv, ...rest } = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));
    expect(argv[0]).toBe('node');
    expect(normalize(argv[1].replace('{resource_dir}', folder))).toBe(kernelProgram);
    expect(argv.slice(2)).toEqual(['--config-path', '{connection_file}']);
    const installed = JSON.parse(readFileSync(installKernel({ folder: temporaryFolder() }), 'utf8'));
    expect(installed).toMatchObject(rest);
  });
});
