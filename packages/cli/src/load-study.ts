import { pathToFileURL } from 'node:url';
import { type Study, messageOf } from '@relu-lab/report';
import { createJiti } from 'jiti';
import { UsageError } from './errors.ts';

/**
 * Loads the study that a file exports as its default. TypeScript goes through jiti, so that it needs no build.
 *
 * @throws UsageError when the file cannot be loaded, or exports no study.
 */
export async function loadStudy(file: string): Promise<Study> {
  const url = pathToFileURL(file).href;
  let exported: unknown;
  try {
    const module: unknown = /\.[cm]?ts$/.test(file) ? await createJiti(url).import(url) : await import(url);
    exported = (module as { readonly default?: unknown }).default;
  } catch (cause) {
    throw new UsageError(`${file} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
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
