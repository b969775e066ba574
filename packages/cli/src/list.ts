import { relative } from 'node:path';
import { messageOf } from '@relu-lab/report';
import { projectStudies } from './find-studies.ts';
import { loadStudy } from './load-study.ts';
import { printable } from './progress-text.ts';
import type { Terminal } from './terminal.ts';

/** Lists the studies of the project, and returns the exit code: 1 when one of them cannot be loaded. */
export async function listStudies(flags: { readonly json?: boolean }, terminal: Terminal): Promise<number> {
  const from = process.cwd();
  const studies = projectStudies(from);
  const entries: { readonly name: string; readonly title?: string; readonly error?: string; readonly file: string }[] =
    [];
  for (const { name, file } of studies) {
    const path = relative(from, file);
    try {
      entries.push({ name, title: (await loadStudy(file)).title, file: path });
    } catch (error) {
      entries.push({ name, error: messageOf(error), file: path });
    }
  }
  if (flags.json === true) {
    terminal.out(JSON.stringify(entries, null, 2));
  } else if (entries.length === 0) {
    terminal.info(`There is no study in a reports folder of ${from} or above.`);
  } else {
    const width = Math.max(...entries.map(({ name }) => name.length));
    for (const { name, title, error, file } of entries) {
      if (title === undefined) terminal.info(`${name.padEnd(width)}  Error: ${error ?? ''}`);
      else terminal.out(`${name.padEnd(width)}  ${printable(title)}  (${file})`);
    }
  }
  return entries.some(({ error }) => error !== undefined) ? 1 : 0;
}
