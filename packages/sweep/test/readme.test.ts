import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(home, 'README.md'), 'utf8');

function firstBlock(language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readme)?.[1] ?? '';
}

describe('README.md', () => {
  it('shows what its example prints', () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-'));
    mkdirSync(join(folder, 'node_modules', '@relu-lab'), { recursive: true });
    symlinkSync(home, join(folder, 'node_modules', '@relu-lab', 'sweep'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'decay.ts'), firstBlock('ts'));
    writeFileSync(join(folder, 'main.js'), firstBlock('js'));
    const output = execFileSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(firstBlock('text')).toBe(output);
  });

  it('speaks of every export', () => {
    const index = readFileSync(join(home, 'src', 'index.ts'), 'utf8');
    const names = [...index.matchAll(/\{(.*?)\}/gs)].flatMap(([, list = '']) => list.match(/[A-Za-z]{5,}/g) ?? []);
    expect(names).toContain('workerPool');
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
  });
});
