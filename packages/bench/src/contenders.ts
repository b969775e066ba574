import { fileURLToPath } from 'node:url';
import { supportedBuilds } from '@relu-lab/core';
import { type Found, isFound } from './found.ts';
import type { HostCommand } from './host.ts';
import type { Clock } from './results.ts';
import type { Surroundings } from './surroundings.ts';
import { type Work, type WorkKind, amountOf } from './work.ts';

/** Someone who does some of the work in a process of its own. */
export interface Contender {
  readonly id: ContenderId;
  readonly label: string;
  readonly clock: Clock;
  /** How to start it, or why it cannot be. */
  readonly command: Found<HostCommand>;
  /** Whether it can do this work, and in a time that one can wait for. */
  enters(work: Work): boolean;
}

export type ContenderId =
  | 'limits'
  | 'wasm-simd'
  | 'wasm-relaxed'
  | 'wasm-revectorized'
  | 'native'
  | 'plain-javascript'
  | 'ml-matrix'
  | 'tfjs-cpu'
  | 'tfjs-wasm'
  | 'jax-js'
  | 'onnxruntime'
  | 'torch-1'
  | 'torch-2';

/** Our own, the first of which says what the right numbers are. */
export const ours: readonly ContenderId[] = ['wasm-simd', 'wasm-relaxed', 'wasm-revectorized', 'native'];

const engineMain = fileURLToPath(new URL('./engine-main.js', import.meta.url));
const major = process.versions.node.split('.')[0];

/** All contenders on this machine, those that cannot run included. */
export function contenders({ peers, node24, torch, limits }: Surroundings): readonly Contender[] {
  const relaxed: Found<string> = supportedBuilds().includes('relaxed-simd') ? { value: process.execPath } : node24;
  const relaxedNode = isFound(relaxed) && relaxed.value === process.execPath ? major : '24';
  return [
    {
      id: 'limits',
      label: 'C',
      clock: 'cpu',
      command: limits,
      enters: onlyKinds(['limit']),
    },
    {
      id: 'wasm-simd',
      label: `relu-lab wasm simd, Node ${major}`,
      clock: 'cpu',
      command: { value: engine(process.execPath, 'relu-lab', { name: 'wasm', build: 'simd' }) },
      enters: everythingButLimits,
    },
    {
      id: 'wasm-relaxed',
      label: `relu-lab wasm relaxed-simd, Node ${relaxedNode}`,
      clock: 'cpu',
      command: map(relaxed, (node) => engine(node, 'relu-lab', { name: 'wasm', build: 'relaxed-simd' })),
      enters: onlyKinds(['matrix-product', 'elementwise', 'step', 'step-products', 'forward', 'sweep', 'normal']),
    },
    {
      id: 'wasm-revectorized',
      label: 'relu-lab wasm simd, Node 24, revectorised',
      clock: 'cpu',
      command: map(node24, (node) =>
        engine(node, 'relu-lab', { name: 'wasm', build: 'simd' }, ['--experimental-wasm-revectorize']),
      ),
      enters: onlyKinds(['matrix-product', 'step', 'sweep']),
    },
    {
      id: 'native',
      label: `relu-lab native, Node ${major}`,
      clock: 'cpu',
      command: { value: engine(process.execPath, 'relu-lab', { name: 'native' }) },
      enters: onlyKinds(['matrix-product', 'elementwise', 'step', 'step-products', 'forward', 'sweep', 'normal']),
    },
    {
      id: 'plain-javascript',
      label: 'plain JavaScript',
      clock: 'cpu',
      command: { value: engine(process.execPath, 'plain-javascript') },
      enters: (work) =>
        onlyKinds(['matrix-product', 'elementwise', 'step'])(work) &&
        operationsOf(work) <= 5e8 &&
        !(work.kind === 'elementwise' && (work.direction === 'backward' || work.activation === 'gelu')),
    },
    {
      id: 'ml-matrix',
      label: 'ml-matrix',
      clock: 'cpu',
      command: map(peers, () => engine(process.execPath, 'ml-matrix')),
      enters: (work) => work.kind === 'matrix-product' && operationsOf(work) <= 5e8,
    },
    {
      id: 'tfjs-cpu',
      label: 'TensorFlow.js cpu',
      clock: 'cpu',
      command: map(peers, () => engine(process.execPath, 'tfjs', { backend: 'cpu' })),
      enters: (work) => onlyKinds(frameworkKinds)(work) && operationsOf(work) <= 5e8 && !isMish(work),
    },
    {
      id: 'tfjs-wasm',
      label: 'TensorFlow.js wasm',
      clock: 'cpu',
      command: map(peers, () => engine(process.execPath, 'tfjs', { backend: 'wasm' })),
      enters: (work) =>
        onlyKinds(frameworkKinds)(work) && (work.kind !== 'step' || operationsOf(work) <= 5e8) && !isMish(work),
    },
    {
      id: 'jax-js',
      label: 'jax-js wasm, jit',
      clock: 'cpu',
      command: map(peers, () => engine(process.execPath, 'jax')),
      enters: onlyKinds(frameworkKinds),
    },
    {
      id: 'onnxruntime',
      label: 'onnxruntime, 1 thread',
      clock: 'cpu',
      command: map(peers, () => engine(process.execPath, 'onnxruntime')),
      enters: onlyKinds(['matrix-product', 'forward']),
    },
    {
      id: 'torch-1',
      label: 'PyTorch, 1 thread',
      clock: 'cpu',
      command: map(torch, (command) => torchOn(command, 1)),
      enters: onlyKinds(['matrix-product', 'elementwise', 'step', 'forward', 'normal']),
    },
    {
      id: 'torch-2',
      label: 'PyTorch, 2 threads',
      clock: 'wall',
      command: map(torch, (command) => torchOn(command, 2)),
      enters: onlyKinds(['matrix-product', 'step', 'sweep']),
    },
  ];
}

const frameworkKinds: readonly WorkKind[] = ['matrix-product', 'elementwise', 'step', 'forward'];

function onlyKinds(kinds: readonly WorkKind[]): (work: Work) => boolean {
  return ({ kind }) => kinds.includes(kind);
}

function everythingButLimits({ kind }: Work): boolean {
  return kind !== 'limit';
}

function isMish(work: Work): boolean {
  return work.kind === 'elementwise' && work.activation === 'mish';
}

/** Floating point operations of one run's matrix products. */
function operationsOf(work: Work): number {
  if (work.kind === 'matrix-product') return amountOf(work)?.value ?? 0;
  if (work.kind !== 'step' && work.kind !== 'forward') return 0;
  return amountOf({ ...work, kind: 'step-products' })?.value ?? 0;
}

function engine(node: string, name: string, options: object = {}, flags: readonly string[] = []): HostCommand {
  return { program: node, arguments: [...flags, engineMain, name, JSON.stringify(options)] };
}

function torchOn(command: HostCommand, threads: number): HostCommand {
  return { ...command, arguments: [...command.arguments, String(threads)] };
}

function map<A, B>(found: Found<A>, change: (value: A) => B): Found<B> {
  return isFound(found) ? { value: change(found.value) } : found;
}
