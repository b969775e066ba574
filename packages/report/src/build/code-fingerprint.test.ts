import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFingerprint } from './code-fingerprint.ts';

let folder: string;
const write = (name: string, content: string): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relu-lab-code-'));
  write(
    'a/experiment.ts',
    "import { b } from './b.js';\nexport * from '../c';\nconst d = await import('./d.mjs');\nnew URL('./e.ts', import.meta.url);",
  );
  write('a/b.ts', "import './experiment.ts';");
  write('c/index.ts', '');
  write('a/d.mjs', '');
  write('a/e.ts', '');
  write('a/unused.ts', '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('codeFingerprint', () => {
  const of = (): string => codeFingerprint(join(folder, 'a/experiment.ts'));

  it('is the same as long as the code is', () => {
    expect(of()).toBe(of());
    expect(of()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['a/experiment.ts', 'a/b.ts', 'c/index.ts', 'a/d.mjs', 'a/e.ts'])('changes with %s', (name) => {
    const before = of();
    const content = `${name === 'a/experiment.ts' ? "import './b.js'; export * from '../c'; import('./d.mjs'); new URL('./e.ts', import.meta.url);" : ''}// changed`;
    write(name, content);
    expect(of()).not.toBe(before);
  });

  it('does not change with a file that is not imported', () => {
    const before = of();
    write('a/unused.ts', '// changed');
    expect(of()).toBe(before);
  });
});
