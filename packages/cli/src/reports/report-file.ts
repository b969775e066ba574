import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The file itself, or the one of that name in a folder. */
export function reportFile(path: string, name: 'report.json' | 'report.html'): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, name) : path;
}
