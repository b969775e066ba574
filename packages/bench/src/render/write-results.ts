import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '@relu-lab/report';
import { renderSvg } from '@relu-lab/report/static-figure';
import { prettyFile } from '../pretty-file.ts';
import type { Results } from '../results.ts';
import { reasonNotToCount } from './in-short.ts';
import { productsFigure, stepsFigure } from './figures.ts';
import { withSpeed } from './readme-row.ts';
import { type PagePicture, resultsPage } from './results-page.ts';

/**
 * Writes RESULTS.md, its pictures, the results that it was made of, and the speeds in the project's README, unless these do not count;
 * returns what was written, in words.
 */
export async function writeResults(results: Results, folder: string): Promise<string> {
  const data = join(folder, 'results');
  mkdirSync(data, { recursive: true });
  const figures: Readonly<Record<string, Figure | undefined>> = {
    steps: stepsFigure(results),
    matmul: productsFigure(results),
  };
  const pictures: PagePicture[] = [];
  for (const [id, figure] of Object.entries(figures)) {
    if (!figure) continue;
    writeFileSync(join(data, `${id}.svg`), await renderSvg(figure));
    writeFileSync(join(data, `${id}-dark.svg`), await renderSvg(figure, { theme: 'dark' }));
    pictures.push({ id, alt: figure.alt, caption: figure.caption });
  }
  const page = join(folder, 'RESULTS.md');
  const json = join(data, 'results.json');
  writeFileSync(json, await prettyFile(json, JSON.stringify(results)));
  writeFileSync(page, await prettyFile(page, resultsPage(results, pictures)));
  const readme = join(folder, '..', '..', 'README.md');
  const reason = reasonNotToCount(results);
  if (reason !== null)
    return `Written: ${page}; ${readme} stays as it is, since no ratio against PyTorch counts: ${reason}`;
  writeFileSync(readme, await prettyFile(readme, withSpeed(readFileSync(readme, 'utf8'), results)));
  return `Written: ${page}, and the table in ${readme}`;
}
