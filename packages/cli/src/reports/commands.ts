import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

/** What is done with reports that are built. */
export function addReportCommands(report: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  report
    .command('index')
    .description('write index.html and index.md: a ledger of every claim of the reports in a folder')
    .argument('[folder]', 'the folder with a folder for each report', 'dist/reports')
    .action(async (folder: string) => {
      const { writeIndex } = await import('./write-index.ts');
      end(await writeIndex(folder, terminal));
    });
  report
    .command('compare')
    .description(
      'which claims flipped, which numbers moved and whether beyond their intervals, and which parameters differ',
    )
    .argument('<before>', 'a report.json, or the folder that it is in')
    .argument('<after>', 'another one of the same study')
    .option('--html <file>', 'also write a page, with overlaid figures')
    .option('--json', 'print the comparison as JSON')
    .option('--check', 'exit with 1 when a claim flipped or is gone, or a number moved beyond its intervals')
    .action(async (before: string, after: string, flags: { html?: string; json?: boolean; check?: boolean }) => {
      const { compareFiles } = await import('./compare-files.ts');
      end(await compareFiles(before, after, flags, terminal));
    });
  report
    .command('pdf')
    .description('print the page of a report to a PDF, through an installed Chromium (or the one in CHROME_PATH)')
    .argument('<page>', 'a report.html, or the folder that it is in')
    .option('--out <file>', 'where the PDF goes (default: beside the page)')
    .action(async (page: string, flags: { out?: string }) => {
      const { printPdf } = await import('./print-pdf.ts');
      end(await printPdf(page, flags, terminal));
    });
}
