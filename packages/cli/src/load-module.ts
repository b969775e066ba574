import { pathToFileURL } from 'node:url';
import { messageOf } from '@relu-lab/report';
import { createJiti } from 'jiti';
import { UsageError } from './errors.ts';

/** Options of {@link loadDefault}. */
export interface LoadOptions {
  /** Read the file and what it imports again, although this process has loaded it before. Default: no. */
  readonly afresh?: boolean;
}

/**
 * What a file exports as its default. TypeScript goes through jiti, so that it needs no build.
 *
 * @throws UsageError when the file cannot be loaded.
 */
export async function loadDefault(file: string, { afresh = false }: LoadOptions = {}): Promise<unknown> {
  const url = pathToFileURL(file).href;
  try {
    const throughJiti = afresh || /\.[cm]?ts$/.test(file);
    const module: unknown = throughJiti
      ? await createJiti(url, { moduleCache: !afresh }).import(url)
      : await import(url);
    return (module as { readonly default?: unknown }).default;
  } catch (cause) {
    throw new UsageError(`${file} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
}
