import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStore } from '../src/index.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function startSweep(): ChildProcess {
  const program = fileURLToPath(new URL('./programs/long-sweep.mjs', import.meta.url));
  return spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The lines that a program says until it ends, or until one satisfies `enough`. */
async function linesOf(child: ChildProcess, enough: (line: string) => boolean): Promise<string[]> {
  const lines: string[] = [];
  if (child.stdout === null) return lines;
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (enough(line)) break;
  }
  return lines;
}

describe('a sweep whose process is killed', () => {
  it('has lost nothing of what was finished, and resumes with the rest', async () => {
    const killed = startSweep();
    await linesOf(killed, (line) => line === '10');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const { size } = openStore(folder, { fingerprint: 'f1' });
    expect(size).toBeGreaterThanOrEqual(10);
    expect(size).toBeLessThan(40);

    const lines = await linesOf(startSweep(), () => false);
    expect(lines.at(-1)).toBe(`completed, ${size} reused`);
    expect(openStore(folder, { fingerprint: 'f1' }).size).toBe(40);
  });
});
