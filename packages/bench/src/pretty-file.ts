import { format, resolveConfig } from 'prettier';

/** Text as the repository's formatter would leave it in that file. */
export async function prettyFile(file: string, text: string): Promise<string> {
  return await format(text, { ...(await resolveConfig(file)), filepath: file });
}
