import type { Study } from '@relu-lab/report';
import { UsageError } from './errors.ts';
import { type LoadOptions, loadDefault } from './load-module.ts';

/**
 * Loads the study that a file exports as its default.
 *
 * @throws UsageError when the file cannot be loaded, or exports no study.
 */
export async function loadStudy(file: string, options: LoadOptions = {}): Promise<Study> {
  const exported = await loadDefault(file, options);
  if (!isStudy(exported)) {
    throw new UsageError(`${file} exports no study: it needs export default defineStudy({ … }) of @relu-lab/report`);
  }
  return exported;
}

function isStudy(value: unknown): value is Study {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, run, claims, figures, tables } = value as Partial<Study>;
  const functions: unknown[] = [run, claims, figures, tables];
  return typeof id === 'string' && typeof title === 'string' && functions.every((part) => typeof part === 'function');
}
