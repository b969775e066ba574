import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockError, StoreError } from './errors.ts';
import { lockFolder, lockHolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const module = new URL('../dist/lock.js', import.meta.url).href;

/** A process that has locked the folder, and stays. */
async function otherProcess(): Promise<ChildProcess> {
  const program = `import { lockFolder } from ${JSON.stringify(module)};
    lockFolder(process.argv[1], { purpose: 'counts sheep' }); process.stdout.write('locked'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, folder]);
  await once(child.stdout, 'data');
  return child;
}

describe('lockFolder', () => {
  it('refuses while another process holds the lock, and says which; takes over when that was killed', async () => {
    const child = await otherProcess();
    expect(() => lockFolder(folder)).toThrow(LockError);
    expect(() => lockFolder(folder)).toThrow(`in use: process ${child.pid} counts sheep, since 20`);
    expect(lockHolder(folder)).toMatchObject({ pid: child.pid, host: hostname() });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    expect(lockHolder(folder)).toBeUndefined();
    const lock = lockFolder(folder);
    expect(JSON.parse(readFileSync(lock.file, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a second lock of the same process, and gives the folder free when released', () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(/in use: this very process/);
    lock.release();
    lock.release();
    lockFolder(folder).release();
  });

  it('tells a later process of the same number from the one that had the lock', () => {
    const lock = lockFolder(folder);
    const holder = JSON.parse(readFileSync(lock.file, 'utf8')) as object;
    writeFileSync(lock.file, JSON.stringify({ ...holder, processStart: '1' }));
    lockFolder(folder).release();
  });

  it('leaves the lock of another machine alone, and says how to remove it', () => {
    const holder = { pid: 1, host: 'elsewhere', processStart: null, since: '2026-01-01', purpose: 'runs' };
    writeFileSync(join(folder, 'lock'), JSON.stringify(holder));
    expect(() => lockFolder(folder)).toThrow(/process 1 on elsewhere runs.*If that process is no more, remove .*lock$/);
  });

  it('takes over half a lock, which a power failure leaves', () => {
    writeFileSync(join(folder, 'lock'), '{"pid":');
    lockFolder(folder).release();
  });

  it('does not remove a lock that somebody else has taken since', () => {
    const lock = lockFolder(folder);
    writeFileSync(lock.file, 'theirs');
    lock.release();
    expect(readFileSync(lock.file, 'utf8')).toBe('theirs');
  });

  it('makes the folder, and says why it cannot', () => {
    lockFolder(join(folder, 'a/b')).release();
    writeFileSync(join(folder, 'file'), '');
    expect(() => lockFolder(join(folder, 'file'))).toThrow(StoreError);
    expect(() => lockFolder(join(folder, 'file'))).toThrow(/Cannot write .*file\/lock/);
  });
});
