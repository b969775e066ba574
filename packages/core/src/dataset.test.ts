import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dataset, checkDataset, selectRows, takeRows } from './dataset.ts';
import { DataError, ParameterError, ShapeError } from './errors.ts';

const labelled: Dataset = {
  name: 'letters',
  rows: 3,
  features: 2,
  classes: 4,
  inputs: Float32Array.of(1, 2, 3, 4, 5, 6),
  targets: Int32Array.of(0, 3, 1),
};
const valued: Dataset = {
  name: 'curve',
  rows: 3,
  features: 1,
  inputs: Float32Array.of(1, 2, 3),
  targets: Float32Array.of(10, 11, 20, 21, 30, 31),
};

describe('checkDataset', () => {
  it('accepts class indices, and any whole number of values a row', () => {
    expect(() => checkDataset(labelled)).not.toThrow();
    expect(() => checkDataset(valued)).not.toThrow();
    expect(() => checkDataset({ ...labelled, inputs: labelled.inputs.map(() => -3.4e38) })).not.toThrow();
  });

  it.each<[string, Partial<Record<keyof Dataset, unknown>>, new () => Error, string]>([
    [
      'too few inputs',
      { inputs: new Float32Array(5) },
      ShapeError,
      "'letters' has 3 rows × 2 features = 6, but 5 inputs",
    ],
    [
      'too many labels',
      { targets: new Int32Array(4) },
      ShapeError,
      "'letters' has 3 rows but 4 labels; it needs one label a row",
    ],
    ['no rows', { rows: 0 }, DataError, "'letters' must have a whole number of rows, at least 1; got 0"],
    [
      'half a feature',
      { features: 1.5 },
      DataError,
      "'letters' must have a whole number of features, at least 1; got 1.5",
    ],
    ['NaN rows', { rows: NaN }, DataError, 'got NaN'],
    [
      'a label too large',
      { targets: Int32Array.of(0, 4, 1) },
      DataError,
      "Labels of 'letters' go from 0 to 3, but row 1 has label 4",
    ],
    ['a negative label', { targets: Int32Array.of(0, 3, -1) }, DataError, 'row 2 has label -1'],
    [
      'a missing class count',
      { classes: undefined },
      DataError,
      'it needs classes, a whole number of at least 1; got undefined',
    ],
    [
      'an input that is NaN',
      { inputs: Float32Array.of(1, 2, 3, NaN, 5, 6) },
      DataError,
      "The inputs of 'letters' must be finite, but row 1, feature 1 is NaN",
    ],
    [
      'an infinite input',
      { inputs: Float32Array.of(1, 2, 3, 4, -Infinity, 6) },
      DataError,
      'row 2, feature 0 is -Infinity',
    ],
    [
      'float64 inputs',
      { inputs: new Float64Array(6) },
      DataError,
      "The inputs of 'letters' must be a Float32Array, not Float64Array",
    ],
    ['no inputs', { inputs: undefined }, DataError, 'not undefined'],
    [
      'a list as targets',
      { targets: [0, 1, 2] },
      DataError,
      'must be an Int32Array of class indices or a Float32Array of values, not Array',
    ],
    [
      'labels in a Float32Array',
      { targets: Float32Array.of(0, 1, 2) },
      DataError,
      "'letters' has 4 classes, so its targets must be an Int32Array",
    ],
  ])('refuses %s', (_, change, error, message) => {
    const data = { ...labelled, ...change } as Dataset;
    expect(() => checkDataset(data)).toThrow(error);
    expect(() => checkDataset(data)).toThrow(message);
  });

  it('refuses target values that do not share out over the rows, or are not finite', () => {
    const uneven = { ...valued, targets: new Float32Array(4) };
    expect(() => checkDataset(uneven)).toThrow(ShapeError);
    expect(() => checkDataset(uneven)).toThrow("'curve' has 3 rows but 4 target values");
    expect(() => checkDataset({ ...valued, targets: new Float32Array(0) })).toThrow(ShapeError);
    const infinite = { ...valued, targets: Float32Array.of(0, 0, 0, Infinity, 0, 0) };
    expect(() => checkDataset(infinite)).toThrow(DataError);
    expect(() => checkDataset(infinite)).toThrow('row 1, value 1 is Infinity');
  });
});

describe('selectRows', () => {
  it('takes rows in the order given, as often as given, with their targets', () => {
    const chosen = selectRows(labelled, [2, 0, 2]);
    expect(chosen).toEqual({
      name: 'letters, 3 rows',
      rows: 3,
      features: 2,
      classes: 4,
      inputs: Float32Array.of(5, 6, 1, 2, 5, 6),
      targets: Int32Array.of(1, 0, 1),
    });
    expect(selectRows(valued, Int32Array.of(1), 'middle')).toEqual({
      name: 'middle',
      rows: 1,
      features: 1,
      inputs: Float32Array.of(2),
      targets: Float32Array.of(20, 21),
    });
  });

  it('copies: the original is not changed with the selection', () => {
    const chosen = selectRows(labelled, [0]);
    chosen.inputs[0] = 99;
    chosen.targets[0] = 2;
    expect([labelled.inputs[0], labelled.targets[0]]).toEqual([1, 0]);
  });

  it.each([[[3]], [[-1]], [[0.5]], [[NaN]]])('refuses the rows %j', (rows) => {
    expect(() => selectRows(labelled, rows)).toThrow(ParameterError);
    expect(() => selectRows(labelled, rows)).toThrow(/'letters' has rows 0 to 2; row .* does not exist/);
  });

  it('refuses to select nothing', () => {
    expect(() => selectRows(labelled, [])).toThrow("At least one row of 'letters' must be selected");
  });

  it('gives a sound data set for every choice of rows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 }), { minLength: 1 }), fc.constantFrom(labelled, valued), (rows, data) => {
        const chosen = selectRows(data, rows);
        checkDataset(chosen);
        rows.forEach((row, i) => expect(chosen.inputs[i * data.features]).toBe(data.inputs[row * data.features]));
      }),
    );
  });
});

describe('takeRows', () => {
  it('gives the first rows without copying them', () => {
    const first = takeRows(valued, 2);
    expect(first).toEqual({
      name: 'curve, first 2 rows',
      rows: 2,
      features: 1,
      inputs: Float32Array.of(1, 2),
      targets: Float32Array.of(10, 11, 20, 21),
    });
    expect(first.inputs.buffer).toBe(valued.inputs.buffer);
    expect(takeRows(labelled, 3)).toBe(labelled);
  });

  it.each([0, 4, 1.5, -1, NaN])('refuses to take %s of 3 rows', (count) => {
    expect(() => takeRows(labelled, count)).toThrow(ParameterError);
    expect(() => takeRows(labelled, count)).toThrow(`'letters' has 3 rows; its first ${count} cannot be taken`);
  });
});
