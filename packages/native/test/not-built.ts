import { addon } from '../src/addon.ts';

/** Why the addon does not load; null where it does. */
export const notBuilt: string | null = reason();

function reason(): string | null {
  try {
    addon();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
