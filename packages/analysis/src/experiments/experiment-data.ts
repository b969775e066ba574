import { type Dataset, ParameterError, nearestName, takeRows } from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { blobs, checkerboard, circles, spirals, twoMoons } from '@relu-lab/datasets/toy';

type ToyName = 'two-moons' | 'spirals' | 'circles' | 'blobs' | 'checkerboard';

const toySets: Readonly<Record<ToyName, (options: { readonly samples: number; readonly seed: number }) => Dataset>> = {
  'two-moons': twoMoons,
  spirals,
  circles,
  blobs,
  checkerboard,
};

/** Data sets that a worker can make or read by name: the toy sets of `@relu-lab/datasets`, and the training digits of MNIST. */
export type ExperimentDataName = ToyName | 'mnist';

/** The names that there are. */
export const experimentDataNames: readonly ExperimentDataName[] = [...(Object.keys(toySets) as ToyName[]), 'mnist'];

/** What an experiment looks at and trains on, as plain data. */
export interface ExperimentData {
  readonly name: ExperimentDataName;
  /** Rows: the first ones of MNIST. Default 256. */
  readonly samples?: number;
  /** Of `blobs` alone: coordinates of a point. Default 2. */
  readonly features?: number;
  /** Seed of a toy set. Default 0: all runs have the same data. */
  readonly seed?: number;
}

/**
 * The data set that is described. MNIST is read from files, which needs Node; the rest is made.
 *
 * @throws ParameterError for a name that there is not (with the nearest), or options that are not acceptable.
 */
export async function experimentData(data: ExperimentData): Promise<Dataset> {
  checkExperimentData(data);
  const { name, samples = 256, seed = 0, features = 2 } = data;
  if (name === 'mnist') return takeRows((await readMnist()).train, samples);
  if (name === 'blobs') return blobs({ samples, seed, features });
  return toySets[name]({ samples, seed });
}

/**
 * Checks a description of data without making it.
 *
 * @throws ParameterError as {@link experimentData} does.
 */
export function checkExperimentData(data: ExperimentData): void {
  refuseUnknown('data', data, ['name', 'samples', 'features', 'seed']);
  const { name, ...numbers } = data;
  if (!experimentDataNames.includes(name)) {
    const nearest = nearestName(String(name), experimentDataNames);
    const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
    throw new ParameterError(
      `There is no data set '${String(name)}'${hint}; there are ${experimentDataNames.join(', ')}`,
    );
  }
  if (name !== 'blobs' && numbers.features !== undefined) {
    throw new ParameterError(`features is for 'blobs' alone: '${name}' has its own`);
  }
  readOptions('data', numbers, { samples: wholeFrom(2, 256), features: wholeFrom(1, 2), seed: wholeFrom(0, 0) });
}

let mnist: Promise<{ readonly train: Dataset }> | undefined;

/** The whole package reads files: it is loaded where it is asked for, and bundlers for browsers need not follow. */
function readMnist(): Promise<{ readonly train: Dataset }> {
  const withFiles = '@relu-lab/datasets';
  mnist ??= (import(/* @vite-ignore */ withFiles) as Promise<typeof import('@relu-lab/datasets')>).then(
    ({ loadMnist }) => loadMnist(),
  );
  return mnist;
}
