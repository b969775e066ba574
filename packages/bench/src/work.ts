/** Elementwise activations that everybody has, by their names in the catalogue. */
export type TimedActivation = 'relu' | 'leaky-relu' | 'elu' | 'selu' | 'gelu' | 'sigmoid' | 'tanh' | 'silu' | 'mish';

/** What the C program measures of the machine. */
export type LimitName = 'fma' | 'fma-128' | 'multiply-add-128' | 'copy' | 'triad';

/**
 * A piece of work that can be timed: a kind and its sizes, as numbers and words, so that an engine in any language can be
 * asked for it in one line of text.
 */
export type Work =
  /** C = A B of two n × n matrices. */
  | { readonly kind: 'matrix-product'; readonly n: number }
  /** φ over `n` numbers, or φ' there times an upstream gradient. */
  | {
      readonly kind: 'elementwise';
      readonly activation: TimedActivation;
      readonly direction: 'forward' | 'backward';
      readonly n: number;
    }
  /** One step of gradient descent on one batch of a ReLU network: forward, softmax cross-entropy, backward, update. */
  | { readonly kind: 'step'; readonly widths: string; readonly rows: number }
  /** The matrix products of that step, and nothing else. */
  | { readonly kind: 'step-products'; readonly widths: string; readonly rows: number }
  /** One forward pass of that network. */
  | { readonly kind: 'forward'; readonly widths: string; readonly rows: number }
  /**
   * Forward passes of `seeds` networks of `depth` square ReLU layers, with the variance and the share of zeros after each
   * layer, over `workers` threads. Weights are there already (`given`), or drawn for each seed (`drawn`).
   */
  | {
      readonly kind: 'sweep';
      readonly seeds: number;
      readonly depth: number;
      readonly width: number;
      readonly rows: number;
      readonly workers: number;
      readonly weights: 'given' | 'drawn';
    }
  /** `n` standard normal numbers. */
  | { readonly kind: 'normal'; readonly n: number }
  /** A limit of the machine: `n` operations on floats in registers, or `copy` and `triad` over `n` floats. */
  | { readonly kind: 'limit'; readonly name: LimitName; readonly n: number }
  /** A task of our own that nobody else has, by name. */
  | { readonly kind: 'task'; readonly name: string };

export type WorkKind = Work['kind'];

/** What one run amounts to, for a rate. */
export interface Amount {
  readonly value: number;
  readonly unit: 'GFLOP/s' | 'GB/s';
}

/** A work as one line of words, the same for the same work: `limit n=10000 name=copy`. */
export function workWords({ kind, ...sizes }: Work): string {
  const words = Object.entries(sizes).map(([key, value]) => `${key}=${value}`);
  return [kind, ...words.sort()].join(' ');
}

/** The work that a line of words names. */
export function parseWork(words: string): Work {
  const [kind, ...sizes] = words.split(' ');
  const entries = sizes.map((size) => {
    const at = size.indexOf('=');
    const value = size.slice(at + 1);
    return [size.slice(0, at), Number.isNaN(Number(value)) ? value : Number(value)];
  });
  return { kind, ...Object.fromEntries(entries) } as Work;
}

/** Widths of a network from `784-256-256-10`, or from `16x21` for 21 times 16. */
export function networkWidths(text: string): readonly number[] {
  const repeated = /^(\d+)x(\d+)$/.exec(text);
  if (repeated) return Array.from({ length: Number(repeated[2]) }, () => Number(repeated[1]));
  return text.split('-').map(Number);
}

/** A network in words: its widths, or `20 layers of 16`. */
export function networkName(text: string): string {
  const repeated = /^(\d+)x(\d+)$/.exec(text);
  return repeated ? `${Number(repeated[2]) - 1} layers of ${repeated[1]}` : text;
}

/** What one run of a work amounts to, if it has a rate: operations, or bytes that must be read and written. */
export function amountOf(work: Work): Amount | undefined {
  switch (work.kind) {
    case 'matrix-product':
      return { value: 2 * work.n ** 3, unit: 'GFLOP/s' };
    case 'elementwise':
      // Forward reads one array and writes one; backward reads two (upstream, and x or φ(x)) and writes one.
      return { value: (work.direction === 'forward' ? 8 : 12) * work.n, unit: 'GB/s' };
    case 'limit':
      return limitAmount(work.name, work.n);
    case 'step-products':
      return { value: productOperations(networkWidths(work.widths), work.rows), unit: 'GFLOP/s' };
    default:
      return undefined;
  }
}

function limitAmount(name: LimitName, n: number): Amount {
  if (name === 'copy') return { value: 8 * n, unit: 'GB/s' };
  if (name === 'triad') return { value: 12 * n, unit: 'GB/s' };
  return { value: n, unit: 'GFLOP/s' };
}

/** Forward, weight gradient, and input gradient of all layers but the first. */
function productOperations(widths: readonly number[], rows: number): number {
  return widths.slice(1).reduce((sum, units, i) => sum + 2 * rows * units * widths[i] * (i === 0 ? 2 : 3), 0);
}

/** What is special of a work among others of its comparison, in words; nothing for the work itself. */
export function workLabel(work: Work): string {
  switch (work.kind) {
    case 'limit':
      return work.name === 'copy' || work.name === 'triad'
        ? `${work.name} of ${work.n.toExponential(0)} floats`
        : work.name;
    case 'step-products':
      return 'matrix products alone';
    case 'step':
      return `${networkName(work.widths)}, batch ${work.rows}`;
    case 'sweep':
      return `${work.workers} workers`;
    default:
      return '';
  }
}
