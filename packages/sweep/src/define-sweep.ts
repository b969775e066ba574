import { SweepError } from './errors.ts';
import type { ExperimentReference } from './experiment.ts';
import { isPlainObject, kindOf } from './plain-object.ts';

/** For each parameter the values that it takes: every combination is a condition. */
export type ParameterGrid<Parameters> = {
  readonly [Key in keyof Parameters]: readonly Exclude<Parameters[Key], undefined>[];
};

/** A grid, or the conditions one by one. */
export type SweepParameters<Parameters> = ParameterGrid<Parameters> | readonly Parameters[];

/** What to run: an experiment, under which conditions, with which seeds. */
export interface SweepDefinition<in out Parameters = object> {
  readonly experiment: ExperimentReference<Parameters>;
  /** A grid `{ rate: [0.5, 0.25], steps: [3] }`, the last parameter varying fastest, or a list of conditions. */
  readonly parameters: SweepParameters<Parameters>;
  /** How many seeds (1, 2, …), or which. */
  readonly seeds: number | readonly number[];
}

/** A definition of whatever experiment. */
export type AnySweepDefinition = Pick<SweepDefinition, 'seeds'> & {
  readonly experiment: ExperimentReference;
  readonly parameters: SweepParameters<object> | Readonly<Record<string, readonly unknown[]>>;
};

/**
 * Says what to run, with types: the keys of a grid, or of each condition, are the experiment's parameters.
 *
 * ```ts
 * export default defineSweep({ experiment: decay, parameters: { rate: [0.5, 0.25], steps: [3] }, seeds: 5 });
 * ```
 *
 * @throws SweepError when a parameter of a grid has no list of values, there is no condition, or no seed.
 */
export function defineSweep<Parameters>(definition: SweepDefinition<Parameters>): SweepDefinition<Parameters> {
  if (!isPlainObject(definition)) {
    throw new SweepError(`defineSweep takes { experiment, parameters, seeds }, not ${kindOf(definition)}`);
  }
  conditionsOf(definition.parameters);
  seedsOf(definition.seeds);
  return definition;
}

/**
 * The conditions of a grid, all combinations with the last parameter varying fastest; or of a list, as they are.
 *
 * @throws SweepError when a parameter has no list of values, or there is no condition.
 */
export function conditionsOf(parameters: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(parameters)) {
    if (parameters.length === 0) throw new SweepError('parameters is an empty list; give at least one condition');
    return Array.from(parameters, (condition: unknown, i) => {
      if (isPlainObject(condition)) return condition;
      throw new SweepError(`parameters[${i}] must be a record such as { rate: 0.5 }, not ${kindOf(condition)}`);
    });
  }
  if (!isPlainObject(parameters)) {
    throw new SweepError(
      `parameters must be a grid such as { rate: [0.5, 0.25] }, or a list of conditions, not ${kindOf(parameters)}`,
    );
  }
  let conditions: Record<string, unknown>[] = [{}];
  for (const [key, values] of Object.entries(parameters)) {
    if (!Array.isArray(values)) {
      throw new SweepError(`parameters.${key} must be a list of values, as in { ${key}: [${JSON.stringify(values)}] }`);
    }
    if (values.length === 0) throw new SweepError(`parameters.${key} is empty; give at least one value`);
    conditions = conditions.flatMap((condition) =>
      Array.from(values, (value: unknown) => ({ ...condition, [key]: value })),
    );
  }
  return conditions;
}

/**
 * The seeds: 1, 2, … when a number says how many.
 *
 * @throws SweepError unless there is at least one, and all are integers.
 */
export function seedsOf(seeds: unknown): readonly number[] {
  if (typeof seeds === 'number') {
    if (!Number.isSafeInteger(seeds) || seeds < 1) {
      throw new SweepError(`seeds must be a whole number from 1, or a list of integers, not ${seeds}`);
    }
    return Array.from({ length: seeds }, (_, i) => i + 1);
  }
  if (!Array.isArray(seeds) || seeds.length === 0 || !seeds.every((seed) => Number.isSafeInteger(seed))) {
    throw new SweepError(`seeds must be a whole number from 1, or a list of integers, not ${JSON.stringify(seeds)}`);
  }
  return [...(seeds as readonly number[])];
}
