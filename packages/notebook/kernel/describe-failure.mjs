import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatWithOptions, inspect } from 'node:util';

const plain = { colors: false };
/** How tslab reports what the compiler found; everything else is what a cell threw. */
const diagnostic = '%s%d:%d - %s';
/** Frames below a cell: tslab's, Node's, and this folder's, whichever way it is written. */
const thisFolder = [new URL('.', import.meta.url).href, fileURLToPath(new URL('.', import.meta.url))];
const machinery = /^\s+at .*(?:[\\/]tslab[\\/]dist[\\/]|\(?node:(?:vm|internal))/;

/** What tslab throws in a cell that waits. */
const waitingInterrupted = 'Interrupted asynchronously';
const withoutSignal =
  'What the cell waited for goes on. Given `signal: interruption()` (of @relu-lab/notebook), training ends and the cell keeps what it has.';

/**
 * The content of an `error` message.
 *
 * @param {unknown[][]} reported - arguments of the calls with which tslab's executor reports a failure.
 * @returns {{ ename: string, evalue: string, traceback: string[] }}
 */
export function describeFailure(reported) {
  if (reported[0]?.[0] === diagnostic) {
    const lines = reported.map((parts) => formatWithOptions(plain, ...parts));
    const evalue = [...lines, ...missingBuilds(lines.join('\n')), ...rebuiltMeanwhile()].join('\n');
    return { ename: 'CompileError', evalue, traceback: `CompileError: ${evalue}`.split('\n') };
  }
  const thrown = reported[0]?.[0];
  const text = inspect(thrown, plain)
    .split('\n')
    .filter((line) => !isMachinery(line));
  if (!(thrown instanceof Error)) {
    const evalue = typeof thrown === 'string' ? thrown : text.join('\n');
    return { ename: 'Error', evalue, traceback: [`Thrown: ${evalue}`] };
  }
  const hints = [
    ...missingBuilds(thrown.message),
    ...(mayBeStale(thrown) ? rebuiltMeanwhile() : []),
    ...(thrown.message === waitingInterrupted ? [withoutSignal] : []),
  ];
  return {
    ename: String(thrown.name || 'Error'),
    evalue: [thrown.message, ...hints].join('\n'),
    traceback: [...text, ...hints],
  };
}

function isMachinery(line) {
  return machinery.test(line) || (/^\s+at /.test(line) && thisFolder.some((folder) => line.includes(folder)));
}

/** Says how to build the packages of ReLU Lab that are there and have not been built, wherever they are imported, and which are not there. */
function missingBuilds(message) {
  const missing = Array.from(message.matchAll(/Cannot find (?:module|package) '([^']+)'/g), ([, quoted]) => quoted);
  return [...new Set(missing.flatMap(missingBuild))];
}

/** @param {string} missing - what a cell imports, or the file that an import stands for. */
function missingBuild(missing) {
  const [asked] = /^@relu-lab\/[\w-]+/.exec(missing) ?? [];
  const folder = asked ? findPackage(asked) : isAbsolute(missing) ? packageAround(missing) : null;
  if (!folder) return asked ? [`${asked} is not installed: it was looked for from ${process.cwd()} upwards.`] : [];
  const { name, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!String(name).startsWith('@relu-lab/') || existsSync(join(folder, main))) return [];
  return [`${name} has not been built: run \`npm run build\` in the repository, then restart the kernel.`];
}

/** The folder of the package that a file belongs to. */
function packageAround(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return null;
}

/** What loading a half-written package, or calling code that is older than its types, throws. */
function mayBeStale(error) {
  return error instanceof SyntaxError || error instanceof TypeError || /MODULE|PACKAGE/.test(String(error.code));
}

/** A kernel sees the types of a package that is built anew, and keeps running the code that it has loaded. */
function rebuiltMeanwhile() {
  const scope = findPackage('@relu-lab');
  if (!scope) return [];
  const started = Date.now() - 1000 * process.uptime();
  const names = readdirSync(scope).filter((name) => {
    const types = join(scope, name, 'dist', 'index.d.ts');
    return existsSync(types) && statSync(types).mtimeMs > started;
  });
  if (names.length === 0) return [];
  return [
    `Built anew since this kernel started: ${names.map((name) => `@relu-lab/${name}`).join(', ')}. Restart the kernel.`,
  ];
}

function findPackage(name) {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(name.includes('/') ? join(found, 'package.json') : found)) return found;
    if (folder === dirname(folder)) return null;
  }
}
