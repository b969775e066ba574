import { basename, dirname } from 'node:path';
import { writeWhole } from '../build/write-report.ts';
import { themeNames } from '../figures/theme.ts';
import { renderSvg } from '../static-figure.ts';
import type { Ledger } from './ledger.ts';
import { ledgerFigure } from './ledger-figure.ts';

/** The file of a ledger's picture: `reports/ledger-light.svg` for the name `reports/ledger`. */
export function ledgerPictureFile(name: string, theme: (typeof themeNames)[number]): string {
  return `${name}-${theme}.svg`;
}

/**
 * Writes a ledger as two pictures, for light and dark pages.
 *
 * @returns the files.
 * @throws OutputError when one cannot be written.
 */
export async function writeLedgerPictures(ledger: Ledger, name: string): Promise<readonly string[]> {
  const figure = ledgerFigure(ledger);
  return Promise.all(
    themeNames.map(async (theme) => {
      const file = ledgerPictureFile(name, theme);
      return writeWhole(dirname(file), basename(file), await renderSvg(figure, { theme }));
    }),
  );
}
