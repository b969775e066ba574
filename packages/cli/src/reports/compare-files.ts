import { writeFile } from 'node:fs/promises';
import { compareReports, comparisonText, readReport, renderComparison } from '@relu-lab/report';
import { printable } from '../progress-text.ts';
import type { Terminal } from '../terminal.ts';
import { reportFile } from './report-file.ts';

/** The options of `relu-lab report compare`. */
export interface CompareFlags {
  readonly html?: string;
  readonly json?: boolean;
  readonly check?: boolean;
}

/**
 * Says what two reports claim differently, and returns the exit code.
 *
 * @throws DataError for a file that is no report, or one of another version.
 */
export async function compareFiles(
  before: string,
  after: string,
  { html, json, check }: CompareFlags,
  terminal: Terminal,
): Promise<number> {
  const [older, newer] = [
    await readReport(reportFile(before, 'report.json')),
    await readReport(reportFile(after, 'report.json')),
  ];
  const comparison = compareReports(older, newer);
  const lines = comparisonText(comparison).trimEnd().split('\n');
  terminal.out(json === true ? JSON.stringify(comparison, null, 2) : lines.map(printable).join('\n'));
  if (html !== undefined) {
    await writeFile(html, await renderComparison(older, newer));
    if (json !== true) terminal.out(`Page: ${html}`);
  }
  const differs =
    comparison.gone.length > 0 || comparison.claims.some(({ flipped, move }) => flipped || move === 'beyond');
  return check === true && differs ? 1 : 0;
}
