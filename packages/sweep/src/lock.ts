import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { LockError, StoreError } from './errors.ts';

/** The right to write a folder, until it is released. */
export interface FolderLock {
  /** The file that stands for it. */
  readonly file: string;
  /** Gives the folder free. A second call does nothing. */
  release(): void;
}

/** Who holds a lock, as its file says. */
export interface LockHolder {
  /** Number of the process. */
  readonly pid: number;
  /** Name of its machine. */
  readonly host: string;
  /** When the system started the process, in its own units, which tells it from a later one of the same number; null where it does not say. */
  readonly processStart: string | null;
  /** When it took the lock, as ISO 8601. */
  readonly since: string;
  /** What it does, for a message. */
  readonly purpose: string;
}

const attempts = 5;
/** How file systems that have no hard links say so. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'];

/**
 * Keeps other processes from writing `folder`, which is made where needed, until the lock is released or this process
 * has ended. The lock of a process of this machine that is no more is taken over.
 *
 * Whether a process of *another* machine still runs cannot be told from here: its lock stands until someone removes the
 * file.
 *
 * @param options.purpose - what this process does, for the message that another gets. Default `writes it`.
 * @throws LockError when another process, or this one, holds the lock; StoreError when the folder cannot be written.
 */
export function lockFolder(folder: string, { purpose = 'writes it' }: { readonly purpose?: string } = {}): FolderLock {
  const file = lockFile(folder);
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    processStart: processStart(process.pid),
    since: new Date().toISOString(),
    purpose,
  };
  const text = `${JSON.stringify({ ...holder, id: randomUUID() })}\n`;
  try {
    fs.mkdirSync(folder, { recursive: true });
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (placeLock(file, text)) return { file, release: () => removeIf(file, text) };
      const found = readIfThere(file);
      if (found === undefined) continue; // Released in between.
      const other = parseHolder(found);
      if (other !== undefined && mayLive(other)) throw new LockError(refusal(file, other));
      removeIf(file, found);
    }
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`Cannot write ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  throw new LockError(`Other processes keep taking ${file}`);
}

/** Who writes `folder` now; undefined when nobody does. A process of another machine is taken to live. */
export function lockHolder(folder: string): LockHolder | undefined {
  const text = readIfThere(lockFile(folder));
  const holder = text === undefined ? undefined : parseHolder(text);
  return holder && mayLive(holder) ? holder : undefined;
}

function lockFile(folder: string): string {
  return join(resolve(folder), 'lock');
}

/** The lock appears with all its text at once, or not at all. */
function placeLock(file: string, text: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  fs.writeFileSync(draft, text);
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!withoutLinks.includes(code)) throw error;
    return createFile(file, text);
  } finally {
    fs.rmSync(draft);
  }
}

/** For file systems without hard links, as some network shares are. */
function createFile(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock if it has this text. It is moved away first, so that nobody else's is lost that came in between. */
function removeIf(file: string, text: string): void {
  if (readIfThere(file) !== text) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return; // Somebody else was first.
  }
  const moved = fs.readFileSync(aside, 'utf8');
  if (moved !== text) placeLock(file, moved);
  fs.rmSync(aside);
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<LockHolder>;
    return Number.isSafeInteger(holder.pid) && typeof holder.host === 'string' ? (holder as LockHolder) : undefined;
  } catch {
    return undefined; // Half a lock: a power failure.
  }
}

function mayLive({ pid, host, processStart: startedAt }: LockHolder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false; // EPERM: it lives, and is somebody else's.
  }
  const now = processStart(pid);
  return now === null || typeof startedAt !== 'string' || now === startedAt;
}

/** Field 22 of /proc/pid/stat, where there is one. */
function processStart(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function refusal(file: string, { pid, host, since, purpose }: LockHolder): string {
  const folder = resolve(file, '..');
  if (host !== hostname()) {
    return (
      `${folder} is in use: process ${pid} on ${host} ${purpose}, since ${since}. ` +
      `If that process is no more, remove ${file}`
    );
  }
  const who = pid === process.pid ? 'this very process' : `process ${pid}`;
  return `${folder} is in use: ${who} ${purpose}, since ${since}. Wait for it, stop it, or choose another folder`;
}
