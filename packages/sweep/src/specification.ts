import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { canonicalJson, contentHash } from './canonical-json.ts';
import { codeHash } from './code-files.ts';
import { type AnySweepDefinition, conditionsOf, seedsOf } from './define-sweep.ts';
import { SpecificationError, StoreError, SweepError } from './errors.ts';
import { type ExperimentReference, experimentName } from './experiment.ts';
import { isPlainObject } from './plain-object.ts';
import { type Shard, checkShard } from './shard.ts';

const formatName = 'relu-lab-sweep';
const formatVersion = 1;

/** What a sweep folder holds the runs of: its `sweep.json`. */
export interface SweepSpecification {
  readonly format: typeof formatName;
  readonly version: typeof formatVersion;
  readonly experiment: {
    /** Path of the module, relative to the folder. */
    readonly module: string;
    readonly export: string;
  };
  /** A grid or a list of conditions, as in the definition. */
  readonly parameters: unknown;
  readonly seeds: readonly number[];
  /** Which part of the jobs the folder is for; absent for all. */
  readonly shard?: Shard;
  /** Hash of the module and of all that it imports by relative paths. */
  readonly code: string;
  /** Versions of this package and of those that the module's package depends on. */
  readonly versions: Readonly<Record<string, string>>;
  /** What else the runs depend on, in the caller's words; absent when the caller named nothing. */
  readonly context?: SweepContext;
  /** Code, versions and context of earlier runs, each accepted as no reason to refuse; absent when there are none. */
  readonly accepted?: readonly AcceptedChange[];
  /** Where the folder was made: for readers, and compared with nothing. */
  readonly environment: Readonly<Record<string, string | number>>;
}

/** What runs depend on besides experiment, parameters and code, as in `{ kernels: 'wasm simd' }`: only compared. */
export type SweepContext = Readonly<Record<string, string>>;

/** What the numbers of a run come from: runs of different ones are not mixed unless that is accepted. */
type Origin = Pick<SweepSpecification, 'code' | 'versions' | 'context'>;

/** Code, versions and context that runs of a folder may come from besides its own. */
export interface AcceptedChange extends Origin {
  /** When the change was accepted, as ISO 8601. */
  readonly at: string;
}

/**
 * The specification `now`, which says that runs of `earlier` ones, of other code, versions or context, were accepted.
 *
 * Each is listed once, with the time when it was first accepted.
 */
export function acceptChanges(now: SweepSpecification, earlier: readonly SweepSpecification[]): SweepSpecification {
  const at = new Date().toISOString();
  const all = [now, ...earlier].flatMap(({ accepted = [] }) => accepted);
  const candidates = [...all, ...earlier.map((specification) => ({ ...originOf(specification), at }))];
  const seen = new Set([originText(now)]);
  const accepted = candidates.filter((change) => {
    const isNew = !seen.has(originText(change));
    seen.add(originText(change));
    return isNew;
  });
  return accepted.length === 0 ? now : { ...now, accepted };
}

/** The part of a specification, or of an accepted change, that says what the numbers come from. */
export function originOf({ code, versions, context }: Origin): Origin {
  return { code, versions, ...(context && { context }) };
}

function originText(origin: Origin): string {
  return canonicalJson(originOf(origin));
}

/**
 * The specification of a definition for a folder.
 *
 * @throws SweepError when the definition is not right, or the module cannot be read.
 */
export function specify(
  definition: AnySweepDefinition,
  folder: string,
  { shard, context }: Pick<SweepSpecification, 'shard' | 'context'> = {},
): SweepSpecification {
  const { experiment, parameters } = definition;
  for (const [i, condition] of conditionsOf(parameters).entries()) canonicalJson(condition, `conditions[${i}]`);
  const file = moduleFile(experiment);
  return {
    format: formatName,
    version: formatVersion,
    experiment: { module: pathFrom(folder, file), export: experiment.export },
    parameters,
    seeds: seedsOf(definition.seeds),
    ...(shard && { shard: checkShard(shard) }),
    code: codeHash(file),
    versions: versionsFor(file),
    ...(context && { context }),
    environment: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
    },
  };
}

/** The path of a file from a folder, with / on every system. */
export function pathFrom(folder: string, file: string): string {
  return relative(resolve(folder), file).split(sep).join('/');
}

/** The definition that a specification was made from, with the module found from the folder. */
export function definitionOf(
  { experiment, parameters, seeds }: SweepSpecification,
  folder: string,
): AnySweepDefinition {
  const module = pathToFileURL(resolve(folder, experiment.module)).href;
  return {
    experiment: { module, export: experiment.export },
    parameters: parameters as AnySweepDefinition['parameters'],
    seeds,
  };
}

/**
 * Reads `sweep.json`; undefined where there is none.
 *
 * @throws StoreError when the file is no specification, or one of another version.
 */
export function readSpecification(folder: string): SweepSpecification | undefined {
  const file = specificationFile(folder);
  if (!existsSync(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new StoreError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  if (!isPlainObject(value) || value['format'] !== formatName) {
    throw new StoreError(`${file} is no specification of a sweep; choose another folder`);
  }
  if (value['version'] !== formatVersion) {
    throw new StoreError(`${file} has format version ${String(value['version'])}; this program reads ${formatVersion}`);
  }
  const specification = value as unknown as SweepSpecification;
  if (!isPlainObject(specification.experiment)) throw new StoreError(`${file} names no experiment`);
  return specification;
}

export function specificationFile(folder: string): string {
  return join(folder, 'sweep.json');
}

/** What the runs of a folder go by: those of another fingerprint are not taken. A shard's runs are also the whole's. */
export function fingerprintOf(specification: SweepSpecification): string {
  return contentHash({
    experiment: nameOf(specification),
    conditions: conditionsOf(specification.parameters),
    seeds: specification.seeds,
  });
}

/** Ways in which two specifications may differ without being refused. */
export interface AllowedDifferences {
  /** The shard. Default: not allowed. */
  readonly shard?: boolean;
  /** Code, versions and context. Default: not allowed. */
  readonly code?: boolean;
}

/**
 * What differs between what a folder holds and what is wanted, in words: `seeds: 1, 2 there, 1, 2, 3 here`. Empty when runs of the
 * one are runs of the other. The place of the module and the environment do not count.
 */
export function differencesBetween(
  there: SweepSpecification,
  here: SweepSpecification,
  allowed: AllowedDifferences = {},
): readonly string[] {
  const differences: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    const [one, other] = [textOf(a), textOf(b)];
    if (one !== other) differences.push(`${what}: ${shorten(one)} there, ${shorten(other)} here`);
  };
  compare('experiment', nameOf(there), nameOf(here));
  differences.push(...parameterDifferences(there.parameters, here.parameters));
  compare('seeds', there.seeds.join(', '), here.seeds.join(', '));
  if (allowed.shard !== true) compare('shard', shardText(there.shard), shardText(here.shard));
  if (allowed.code !== true) {
    if (there.code !== here.code)
      differences.push('code: the module of the experiment, or a file that it imports, has changed');
    for (const name of new Set([...Object.keys(there.versions), ...Object.keys(here.versions)])) {
      compare(`version of ${name}`, there.versions[name] ?? 'none', here.versions[name] ?? 'none');
    }
    for (const name of new Set([...Object.keys(there.context ?? {}), ...Object.keys(here.context ?? {})])) {
      compare(`context ${name}`, there.context?.[name] ?? 'not recorded', here.context?.[name] ?? 'not recorded');
    }
  }
  return differences;
}

/**
 * @throws SpecificationError that names the differences, when there are any.
 */
export function refuseDifferences(folder: string, differences: readonly string[]): void {
  if (differences.length === 0) return;
  const canBeAccepted = differences.every((text) => /^(code: |version of |context )/.test(text));
  const advice = canBeAccepted
    ? 'run it in another folder, or accept the change where it does not matter'
    : 'choose another folder';
  throw new SpecificationError(`${folder} belongs to another specification (${differences.join('; ')}); ${advice}`);
}

function parameterDifferences(there: unknown, here: unknown): readonly string[] {
  const [a, b] = [conditionsOf(there), conditionsOf(here)];
  if (canonicalJson(a) === canonicalJson(b)) return [];
  const keys = new Set([...a, ...b].flatMap((condition) => Object.keys(condition)));
  const differences: string[] = [];
  for (const key of keys) {
    const [one, other] = [valuesOf(a, key), valuesOf(b, key)];
    if (one !== other) differences.push(`parameter ${key}: ${shorten(one)} there, ${shorten(other)} here`);
  }
  if (differences.length > 0) return differences;
  return a.length === b.length
    ? ['parameters: the same values, in other combinations or another order']
    : [`parameters: ${a.length} conditions there, ${b.length} here`];
}

/** The distinct values of a parameter, in their order. */
function valuesOf(conditions: readonly Readonly<Record<string, unknown>>[], key: string): string {
  const values = conditions.map((condition) => (key in condition ? canonicalJson(condition[key]) : 'none'));
  return [...new Set(values)].join(', ');
}

function nameOf({ experiment }: SweepSpecification): string {
  return experimentName({ module: pathToFileURL(`/${experiment.module}`).href, export: experiment.export });
}

function shardText(shard: Shard | undefined): string {
  return shard === undefined ? 'all jobs' : `${shard.index}/${shard.count}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

function moduleFile({ module }: ExperimentReference): string {
  const url = new URL(module);
  if (url.protocol !== 'file:') {
    throw new SweepError(`A sweep folder needs the experiment in a file, not in ${module.slice(0, 60)}`);
  }
  const file = fileURLToPath(url);
  if (!existsSync(file)) throw new SweepError(`The module of the experiment is not there: ${file}`);
  return file;
}

/** Versions of this package, and of what the package that `file` belongs to depends on. */
function versionsFor(file: string): Readonly<Record<string, string>> {
  const own = manifestAt(fileURLToPath(new URL('../package.json', import.meta.url)));
  const versions = new Map([[own?.name ?? '', own?.version ?? '']]);
  const manifest = nearest(dirname(file), (folder) => manifestAt(join(folder, 'package.json')));
  for (const name of Object.keys(manifest?.dependencies ?? {}).sort()) {
    const found = nearest(dirname(file), (folder) => manifestAt(join(folder, 'node_modules', name, 'package.json')));
    if (found?.version !== undefined) versions.set(name, found.version);
  }
  return Object.fromEntries(versions);
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestAt(file: string): Manifest | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

/** What is found in `folder`, or else above. */
function nearest<Found>(folder: string, find: (folder: string) => Found | undefined): Found | undefined {
  for (let here = folder; ; here = dirname(here)) {
    const found = find(here);
    if (found !== undefined || here === dirname(here)) return found;
  }
}
