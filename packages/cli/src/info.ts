import { availableParallelism } from 'node:os';
import { type AvailableBackend, availableBackends } from '@relu-lab/core';
import { surroundings } from '@relu-lab/report';
import type { Terminal } from './terminal.ts';
import { ownVersion } from './version.ts';

/** Prints versions, machine, the backend in use, and which backends load here and why others do not. */
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
  const backends = availableBackends();
  if (flags.json === true) {
    terminal.out(JSON.stringify({ ...info, backends }, null, 2));
    return 0;
  }
  for (const line of aligned(Object.entries(info))) terminal.out(line);
  terminal.out('');
  terminal.out('backends');
  for (const line of aligned(backends.map(backendEntry))) terminal.out(`  ${line}`);
  return 0;
}

function backendEntry({ name, build, reason }: AvailableBackend): readonly [string, string] {
  return [build === null ? name : `${name} ${build}`, reason === null ? 'loads' : `does not load: ${reason}`];
}

function aligned(entries: readonly (readonly [string, string | number])[]): readonly string[] {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}
