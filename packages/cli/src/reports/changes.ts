import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** Changes that come within this time, in milliseconds, are told together: editors write a file in several steps. */
const settle = 60;

/** What has changed on the disk. */
export interface Changes {
  /** The names of files that changed since they were last asked for; none when the signal aborts. */
  next(): Promise<readonly string[]>;
  /** The files outside the folder that count, in place of those before. */
  follow(files: readonly string[]): void;
}

/**
 * Listens for changes of any file in a folder, and of files elsewhere that are to be followed.
 *
 * @param own - a folder that is written while one listens: what changes in it does not count.
 */
export function listenForChanges(folder: string, own: string, signal: AbortSignal): Changes {
  const names = new Set<string>();
  let wake = (): void => undefined;
  const note = (name: string | null): void => {
    names.add(name ?? '');
    wake();
  };
  const listen = (where: string, isMeant: (name: string | null) => boolean, recursive = false): FSWatcher =>
    watch(where, { recursive, signal }, (_event, name) => {
      if (isMeant(name)) note(name);
    }).on('error', () => note(null));
  const isOwn = (name: string | null): boolean => name !== null && `${join(folder, name)}${sep}`.startsWith(own + sep);
  listen(folder, (name) => !isOwn(name), true);
  signal.addEventListener('abort', () => wake());

  // A file that is replaced is another one: its folder is watched.
  const elsewhere = new Map<string, FSWatcher>();
  let followed: ReadonlySet<string> = new Set();
  return {
    async next() {
      if (names.size === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, settle));
      const changed = [...names];
      names.clear();
      return changed;
    },
    follow(files) {
      followed = new Set(files.filter((file) => !file.startsWith(folder + sep)));
      const folders = new Set([...followed].map((file) => dirname(file)));
      for (const [where, watcher] of elsewhere) {
        if (folders.has(where)) continue;
        watcher.close();
        elsewhere.delete(where);
      }
      for (const where of folders) {
        if (elsewhere.has(where)) continue;
        const isMeant = (name: string | null): boolean =>
          name === null || [...followed].some((file) => dirname(file) === where && basename(file) === name);
        elsewhere.set(where, listen(where, isMeant));
      }
    },
  };
}
