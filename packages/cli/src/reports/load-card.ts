import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from '@relu-lab/report';
import { UsageError } from '../errors.ts';
import { projectRoot } from '../find-studies.ts';
import { loadDefault } from '../load-module.ts';

const cardNames = ['card.ts', 'card.mts', 'card.js', 'card.mjs'];

/**
 * The card that a file exports as its default; without a file the project's, `reports/card.ts`, where there is one.
 *
 * @throws UsageError when the file cannot be loaded, or exports no card.
 */
export async function loadCard(file: string | undefined, from: string): Promise<Card | undefined> {
  const found = file ?? projectCard(from);
  if (found === undefined) return undefined;
  const exported = await loadDefault(found);
  if (isCard(exported)) return exported;
  throw new UsageError(`${found} exports no card: it needs export default defineCard({ … }) of @relu-lab/report`);
}

function projectCard(from: string): string | undefined {
  const root = projectRoot(from);
  if (root === undefined) return undefined;
  return cardNames.map((name) => join(root, 'reports', name)).find((file) => existsSync(file));
}

function isCard(value: unknown): value is Card {
  if (typeof value !== 'object' || value === null) return false;
  const { title, parts, papers } = value as Partial<Card>;
  return typeof title === 'string' && Array.isArray(parts) && Array.isArray(papers);
}
