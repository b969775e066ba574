import { pdfOf } from '@relu-lab/report';
import type { Terminal } from '../terminal.ts';
import { reportFile } from './report-file.ts';

/**
 * Prints a page, and returns the exit code.
 *
 * @throws OutputError when there is no browser or no page, or nothing is printed.
 */
export async function printPdf(page: string, { out }: { readonly out?: string }, terminal: Terminal): Promise<number> {
  const file = await pdfOf(reportFile(page, 'report.html'), out === undefined ? {} : { output: out });
  terminal.out(`PDF: ${file}`);
  return 0;
}
