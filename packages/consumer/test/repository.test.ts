import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { published, readManifest, repository } from './repository.ts';
import { run } from './run.ts';

describe('the repository', () => {
  it('compiles with TypeScript 7, although tslab brings a command of the same name', async () => {
    const { stdout } = await run(repository, join(repository, 'node_modules', '.bin', 'tsc'), '--version');
    expect(stdout.trim()).toBe('Version 7.0.2');
  });

  it('has every published package built before these tests run', () => {
    const { devDependencies = {} } = readManifest(join(repository, 'packages', 'consumer'));
    expect(Object.keys(devDependencies).sort()).toEqual(published.map(({ name }) => name).sort());
    expect(
      inject('tarballs')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(published.map(({ name }) => name).sort());
  });
});
