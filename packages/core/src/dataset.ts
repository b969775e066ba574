import { DataError, ParameterError, ShapeError } from './errors.ts';

/**
 * Samples and what is to be learnt of them.
 *
 * `inputs` holds `rows × features` numbers, row-major. `targets` holds one class index a row (`Int32Array`, with
 * `classes` set), or any whole number of values a row (`Float32Array`).
 */
export interface Dataset {
  /** A readable name, for messages and figures: `MNIST, training digits`. */
  readonly name: string;
  readonly rows: number;
  readonly features: number;
  /** Number of classes, when the targets are class indices. */
  readonly classes?: number;
  readonly inputs: Float32Array;
  readonly targets: Int32Array | Float32Array;
}

/**
 * Checks that a data set is what it claims to be: at least one row and one feature, arrays of the type and length that
 * follow from them, class indices from 0 to `classes` − 1, and no input or target that is NaN or infinite.
 *
 * Reads every number once: about 50 ms for the 47 million of MNIST.
 *
 * @throws ShapeError naming both shapes, when an array has another length than `rows` and `features` ask for.
 * @throws DataError naming the row, and the feature or label, for anything else.
 */
export function checkDataset(data: Dataset): void {
  if (typeof data !== 'object' || data === null) {
    throw new DataError(
      `A data set is asked for, { name, rows, features, inputs, targets } with classes if there are any, not ${String(data)}`,
    );
  }
  const { name, rows, features, inputs, targets } = data;
  checkCount(data, 'rows');
  checkCount(data, 'features');
  if (!(inputs instanceof Float32Array)) {
    throw new DataError(`The inputs of '${name}' must be a Float32Array, not ${typeName(inputs)}`);
  }
  if (inputs.length !== rows * features) {
    throw new ShapeError(
      `'${name}' has ${rows} rows × ${features} features = ${rows * features}, but ${inputs.length} inputs`,
    );
  }
  const input = firstNotFinite(inputs);
  if (input >= 0) {
    throw new DataError(
      `The inputs of '${name}' must be finite, but row ${Math.floor(input / features)}, feature ${input % features} is ${inputs[input]}`,
    );
  }
  if (targets instanceof Int32Array) checkLabels(data, targets);
  else if (targets instanceof Float32Array) checkValues(data, targets);
  else {
    throw new DataError(
      `The targets of '${name}' must be an Int32Array of class indices or a Float32Array of values, not ${typeName(targets)}`,
    );
  }
}

/**
 * The rows of `data` with the given indices, in their order; an index may come up more than once. The numbers are copied.
 *
 * @param name - the name of the result; by default that of `data` with the count of rows.
 * @throws ParameterError when an index is not a whole number from 0 to `data.rows` − 1, or when there is none.
 */
export function selectRows(data: Dataset, rows: ArrayLike<number>, name?: string): Dataset {
  if (rows.length === 0) throw new ParameterError(`At least one row of '${data.name}' must be selected`);
  const { features } = data;
  const width = data.targets.length / data.rows;
  const inputs = new Float32Array(rows.length * features);
  const targets =
    data.targets instanceof Int32Array ? new Int32Array(rows.length) : new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!Number.isInteger(row) || row < 0 || row >= data.rows) {
      throw new ParameterError(`'${data.name}' has rows 0 to ${data.rows - 1}; row ${row} does not exist`);
    }
    inputs.set(data.inputs.subarray(row * features, (row + 1) * features), i * features);
    targets.set(data.targets.subarray(row * width, (row + 1) * width), i * width);
  }
  return { ...data, name: name ?? `${data.name}, ${rows.length} rows`, rows: rows.length, inputs, targets };
}

/**
 * The first `count` rows of `data`. The numbers are not copied: the result sees the arrays of `data`.
 *
 * @throws ParameterError when `count` is not a whole number from 1 to `data.rows`.
 */
export function takeRows(data: Dataset, count: number): Dataset {
  if (!Number.isInteger(count) || count < 1 || count > data.rows) {
    throw new ParameterError(`'${data.name}' has ${data.rows} rows; its first ${count} cannot be taken`);
  }
  if (count === data.rows) return data;
  return {
    ...data,
    name: `${data.name}, first ${count} rows`,
    rows: count,
    inputs: data.inputs.subarray(0, count * data.features),
    targets: data.targets.subarray(0, count * (data.targets.length / data.rows)),
  };
}

function checkCount(data: Dataset, which: 'rows' | 'features'): void {
  const count = data[which];
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new DataError(`'${data.name}' must have a whole number of ${which}, at least 1; got ${count}`);
  }
}

function checkLabels({ name, rows, classes }: Dataset, labels: Int32Array): void {
  if (classes === undefined || !Number.isSafeInteger(classes) || classes < 1) {
    throw new DataError(
      `'${name}' has class indices (Int32Array) as targets, so it needs classes, a whole number of at least 1; got ${classes}`,
    );
  }
  if (labels.length !== rows) {
    throw new ShapeError(`'${name}' has ${rows} rows but ${labels.length} labels; it needs one label a row`);
  }
  labels.forEach((label, row) => {
    if (label < 0 || label >= classes) {
      throw new DataError(`Labels of '${name}' go from 0 to ${classes - 1}, but row ${row} has label ${label}`);
    }
  });
}

function checkValues({ name, rows, classes }: Dataset, values: Float32Array): void {
  if (classes !== undefined) {
    throw new DataError(
      `'${name}' has ${classes} classes, so its targets must be an Int32Array of class indices, not a Float32Array`,
    );
  }
  if (values.length === 0 || values.length % rows !== 0) {
    throw new ShapeError(
      `'${name}' has ${rows} rows but ${values.length} target values; it needs the same whole number of values a row`,
    );
  }
  const wrong = firstNotFinite(values);
  if (wrong >= 0) {
    const width = values.length / rows;
    throw new DataError(
      `The targets of '${name}' must be finite, but row ${Math.floor(wrong / width)}, value ${wrong % width} is ${values[wrong]}`,
    );
  }
}

/** Index of the first NaN or infinity; −1 when there is none. */
function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value - value !== 0) return i; // ∞ − ∞ and NaN − NaN are NaN
  }
  return -1;
}

function typeName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.getPrototypeOf(value)?.constructor?.name ?? 'an object';
}
