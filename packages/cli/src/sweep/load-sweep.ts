import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { choices, messageOf } from '@relu-lab/report';
import { type AnySweepDefinition, experiment, loadExperiment } from '@relu-lab/sweep';
import { createJiti } from 'jiti';
import { UsageError } from '../errors.ts';

/** A sweep that a file defines. */
export interface LoadedSweep {
  /** The name of the file, without `.sweep` and extension. */
  readonly name: string;
  readonly definition: AnySweepDefinition;
}

const jsonKeys = ['module', 'export', 'parameters', 'seeds'];

/**
 * Loads what a file defines: a module whose default export is `defineSweep({ … })`, TypeScript without a build, or JSON that names
 * module and export. The experiment itself is loaded as well, so that a wrong name is found before anything runs.
 *
 * @throws UsageError when the file cannot be loaded, or defines no sweep; ExperimentError when there is no such experiment.
 */
export async function loadSweep(path: string): Promise<LoadedSweep> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`There is no file ${path}`);
  if (statSync(file).isDirectory()) {
    throw new UsageError(
      `${path} is a folder; name the file of a sweep, or go on with a folder by relu-lab sweep resume`,
    );
  }
  const definition = file.endsWith('.json') ? fromJson(file) : await fromModule(file);
  await loadExperiment(definition.experiment);
  return { name: basename(file).replace(/(\.sweep)?\.([cm]?[jt]s|json)$/, ''), definition };
}

async function fromModule(file: string): Promise<AnySweepDefinition> {
  const url = pathToFileURL(file).href;
  let exported: unknown;
  try {
    const module: unknown = /\.[cm]?ts$/.test(file) ? await createJiti(url).import(url) : await import(url);
    exported = (module as { readonly default?: unknown }).default;
  } catch (cause) {
    throw new UsageError(`${file} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
  if (isDefinition(exported)) return exported;
  throw new UsageError(`${file} defines no sweep: it needs export default defineSweep({ … }) of @relu-lab/sweep`);
}

function fromJson(file: string): AnySweepDefinition {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
  const wanted = 'it needs { "module": "./decay.ts", "export": "runDecay", "parameters": { … }, "seeds": 5 }';
  if (typeof value !== 'object' || value === null) throw new UsageError(`${file} defines no sweep: ${wanted}`);
  for (const key of Object.keys(value)) {
    if (!jsonKeys.includes(key)) throw new UsageError(`${file} has the unknown key '${key}'${choices(key, jsonKeys)}`);
  }
  const { module, export: name, parameters, seeds } = value as Record<string, unknown>;
  if (typeof module !== 'string' || typeof name !== 'string' || parameters === undefined || seeds === undefined) {
    throw new UsageError(`${file} defines no sweep: ${wanted}`);
  }
  const url = pathToFileURL(resolve(dirname(file), module)).href;
  return {
    experiment: experiment(url, name),
    parameters: parameters as AnySweepDefinition['parameters'],
    seeds: seeds as AnySweepDefinition['seeds'],
  };
}

function isDefinition(value: unknown): value is AnySweepDefinition {
  if (typeof value !== 'object' || value === null) return false;
  const { experiment: reference, parameters, seeds } = value as Partial<AnySweepDefinition>;
  return (
    typeof reference?.module === 'string' &&
    typeof reference.export === 'string' &&
    typeof parameters === 'object' &&
    seeds !== undefined
  );
}
