import { ParameterError } from '@relu-lab/core';
import { type Study, defineStudy } from '@relu-lab/report';
import { UsageError } from './errors.ts';
import { type LoadOptions, loadDefault } from './load-module.ts';

/**
 * Loads the study that a file exports as its default, and checks it as `defineStudy` does: nothing makes a file call that.
 *
 * @throws UsageError when the file cannot be loaded, or exports no study, or one that is not right.
 */
export async function loadStudy(file: string, options: LoadOptions = {}): Promise<Study> {
  const exported = await loadDefault(file, options);
  if (!looksLikeStudy(exported)) {
    throw new UsageError(`${file} exports no study: it needs export default defineStudy({ … }) of @relu-lab/report`);
  }
  try {
    return defineStudy(exported);
  } catch (cause) {
    if (cause instanceof ParameterError) throw new UsageError(`${file}: ${cause.message}`, { cause });
    throw cause;
  }
}

function looksLikeStudy(value: unknown): value is Study {
  return typeof value === 'object' && value !== null && 'id' in value && 'run' in value;
}
