// Compiles the addon into build/, and loads it once. Says what is missing where it cannot.
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

function stop(message) {
  process.stderr.write(`${message}\nEverything works without it: the default backend needs no compiler.\n`);
  process.exit(1);
}

/** Folder of Node's own C headers, from the package node-api-headers. */
function headers() {
  try {
    return require('node-api-headers').include_dir;
  } catch {
    return stop('The native accelerator needs the headers in the npm package node-api-headers: run npm ci');
  }
}

/** The first C compiler that runs. */
function compiler() {
  const candidates = process.env.CC ? [process.env.CC] : ['cc', 'gcc', 'clang'];
  const found = candidates.find((command) => spawnSync(command, ['--version']).status === 0);
  if (found) return found;
  return stop(
    `The native accelerator needs a C compiler (GCC or Clang); none of ${candidates.join(', ')} runs. ` +
      'On Debian or Ubuntu: apt-get install gcc libc6-dev; on macOS: xcode-select --install; or name one in CC',
  );
}

if (process.platform === 'win32') stop('The native accelerator is built with GCC or Clang, on Linux and macOS');

const include = headers();
const cc = compiler();
const output = path('build/relu-lab-native.node');
const draft = `${output}.${process.pid}`;
mkdirSync(path('build'), { recursive: true });
// Contraction is off: what is fused is written out, so that each element gets the same result wherever it stands.
const options = ['-std=gnu11', '-O3', '-ffp-contract=off', '-fPIC', '-fvisibility=hidden', '-Wall', '-Wextra'];
const linking = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
const compiled = spawnSync(cc, [...options, ...linking, '-isystem', include, path('addon/addon.c'), '-o', draft], {
  stdio: 'inherit',
});
if (compiled.status !== 0) {
  rmSync(draft, { force: true });
  stop(`${cc} could not compile the native accelerator`);
}
// Renamed, not overwritten: a process may have the old one loaded.
renameSync(draft, output);
const { builds } = require(output);
process.stdout.write(`The native accelerator is built by ${cc}; on this processor it runs as ${builds.join(', ')}\n`);
