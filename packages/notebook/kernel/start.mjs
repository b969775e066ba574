/**
 * Starts tslab's kernel with what it lacks: `node start.mjs --config-path <connection file>`. This file and its
 * neighbours are plain JavaScript, so that a kernel starts, and can say what is missing, before anything is built.
 *
 * They rely on internals of tslab 1.0.22, which is why that version is pinned; tests hold every promise made here.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { completeMessages } from './complete-messages.mjs';
import { endWithParent } from './end-with-parent.mjs';
import { offerInterruption } from './interruption.mjs';
import { useStrictCompiler } from './strict-compiler.mjs';

const at = process.argv.indexOf('--config-path');
const configPath = at > 0 ? process.argv[at + 1] : undefined;
if (!configPath) {
  process.stderr.write('The kernel is started by Jupyter: node start.mjs --config-path <connection file>\n');
  process.exit(2);
}
const tslab = dirname(createRequire(import.meta.url).resolve('tslab/package.json'));
const load = createRequire(join(tslab, 'dist', 'main.js'));
useStrictCompiler(load);
completeMessages(load);
offerInterruption(load);
endWithParent();
load('./main.js').startKernel({ configPath, enableFindLocal: false });
