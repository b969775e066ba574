import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { surroundings } from '@relu-lab/report';
import type { Terminal } from './terminal.ts';

/** The version of this command. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (manifest as { readonly version: string }).version;
}

/** Prints versions, kernels and machine. */
export async function printInfo(flags: { readonly json?: boolean }, terminal: Terminal): Promise<number> {
  const { versions, node, platform, processor, kernels } = await surroundings(process.cwd());
  const info = {
    'relu-lab': ownVersion(),
    ...versions,
    node,
    platform,
    processor,
    workers: availableParallelism(),
    kernels,
  };
  if (flags.json === true) {
    terminal.out(JSON.stringify(info, null, 2));
    return 0;
  }
  const width = Math.max(...Object.keys(info).map((name) => name.length));
  for (const [name, value] of Object.entries(info)) terminal.out(`${name.padEnd(width)}  ${value}`);
  return 0;
}
