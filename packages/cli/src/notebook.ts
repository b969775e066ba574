import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

const owner = '@relu-lab/notebook';

/**
 * Hands a command on to `@relu-lab/notebook`, which brings a Jupyter kernel and so is no dependency of this package: it is looked for from the
 * working directory, then from here.
 *
 * @param words - what stands after `relu-lab notebook`.
 * @param places - files from which it is looked for, in this order.
 * @returns its exit code; 2 where it is not installed or not built, after saying how to get it.
 */
export async function runNotebookCommand(
  words: readonly string[],
  terminal: Terminal,
  places: readonly string[] = [join(process.cwd(), 'package.json'), import.meta.url],
): Promise<number> {
  const found = findFile('command', places);
  if (found === undefined) {
    const lack =
      findFile('package.json', places) === undefined
        ? `is not installed here: npm install --save-dev ${owner}`
        : 'has not been built: run `npm run build` in the repository';
    terminal.info(`Error: notebooks need ${owner}, which ${lack}`);
    return exitCodes.badInput;
  }
  const { main } = (await import(pathToFileURL(found).href)) as NotebookCommand;
  return main(words, 'relu-lab notebook');
}

interface NotebookCommand {
  main(words: readonly string[], name: string): Promise<number>;
}

/** The file of a part of the package; undefined also where it is linked, and the file not there. */
function findFile(part: string, places: readonly string[]): string | undefined {
  for (const from of places) {
    try {
      return createRequire(from).resolve(`${owner}/${part}`);
    } catch {
      // Not from here.
    }
  }
  return undefined;
}
