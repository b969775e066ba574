import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '@relu-lab/core';
import { type IdxArray, parseIdx } from './idx.ts';
import type { OriginalFile } from './original-files.ts';

/**
 * Reads one of the four files from `folder`.
 *
 * @param verify - whether it must be the original: its dimensions and its SHA-256. If not, only the number of dimensions is
 *   checked.
 * @throws DataError naming the path, what was found and what was expected.
 */
export async function readOriginal(folder: string, file: OriginalFile, verify: boolean): Promise<IdxArray> {
  const path = join(folder, file.name);
  const bytes = await read(path);
  const array = parseIdx(bytes, path);
  if (array.dimensions.length !== file.dimensions.length) {
    throw new DataError(
      `${path} has ${array.dimensions.length} dimensions (${array.dimensions.join(' × ')}); expected ${file.dimensions.length}`,
    );
  }
  if (!verify) return array;
  if (array.dimensions.some((size, i) => size !== file.dimensions[i])) {
    throw new DataError(
      `${path} holds ${array.dimensions.join(' × ')} bytes; MNIST's has ${file.dimensions.join(' × ')} (for other data of the same form, set verify to false)`,
    );
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== file.sha256) {
    throw new DataError(
      `${path} is corrupt or not MNIST's: its SHA-256 is ${found}, expected ${file.sha256} (for other data of the same form, set verify to false)`,
    );
  }
  return array;
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : String(code ?? cause);
    throw new DataError(`${path} cannot be read: ${reason}`, { cause });
  }
}
