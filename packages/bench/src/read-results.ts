import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './options.ts';
import type { Results } from './results.ts';

/**
 * The results in a file that the bench has written.
 *
 * @param from - the folder that a relative path starts from.
 * @throws UsageError when the file cannot be read, is no JSON, or holds something else.
 */
export function readResults(file: string, from: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(resolve(from, file), 'utf8'));
  } catch (error) {
    throw new UsageError(`--render cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { schema, entries, contenders } = (value ?? {}) as Partial<Results>;
  if (schema === 1 && Array.isArray(entries) && Array.isArray(contenders)) return value as Results;
  throw new UsageError(`${file} holds no results of the bench; those of each run are in packages/bench/results/runs`);
}
