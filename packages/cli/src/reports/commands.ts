import type { Command } from 'commander';
import type { BuildFlags } from '../build.ts';
import { collect } from '../collect.ts';
import type { Terminal } from '../terminal.ts';
import type { WatchFlags } from './watch.ts';
import type { IndexFlags } from './write-index.ts';

/** What is done with reports that are built. */
export function addReportCommands(report: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  report
    .command('index')
    .description(
      'write index.html and index.md: a ledger of the sentences of the card, and of every claim of the reports in a folder',
    )
    .argument('[folder]', 'the folder with a folder for each report', 'dist/reports')
    .option('--card <file>', 'the sentences, and the claims that test them (default: reports/card.ts of the project)')
    .option('--keep <file>', 'also write the ledger to a Markdown file beside the studies, such as reports/LEDGER.md')
    .option(
      '--picture <name>',
      'also draw the ledger: reports/ledger makes reports/ledger-light.svg and reports/ledger-dark.svg',
    )
    .action(async (folder: string, flags: IndexFlags) => {
      const { writeIndex } = await import('./write-index.ts');
      end(await writeIndex(folder, flags, terminal));
    });
  report
    .command('check')
    .description('run the quick profile of studies again, and compare verdicts with those that they expect')
    .argument('[study...]', 'a study of the project by name, or the path of a file (default: all of the project)')
    .option('--seed <number>', 'the only source of chance (default: 1)')
    .option('--workers <number>', 'how many runs run at a time (default: all processors)')
    .option('--out <folder>', 'where the reports go (default: dist/check)', 'dist/check')
    .option('--json', 'print the outcome as JSON')
    .option('--quiet', 'print nothing but errors, failed checks and the paths of the reports')
    .option('--verbose', 'print where an error comes from')
    .addHelpText(
      'after',
      '\nA verdict may be inconclusive where another one is expected, for the quick profile knows less; one that contradicts ends with 1.',
    )
    .action(async (studies: string[], flags: BuildFlags) => {
      const { buildStudies } = await import('../build.ts');
      end(await buildStudies(studies, { ...flags, profile: 'quick', check: true, mayWeaken: true }, terminal));
    });
  report
    .command('watch')
    .description('build a study, serve its page on this machine, and build again whatever changes')
    .argument('<study>', 'a study of the project by name, or the path of a file')
    .option('--out <folder>', 'where the report goes, in a folder of its id (default: dist/watch)', 'dist/watch')
    .option('--port <number>', 'where the page is served (default: a free port)')
    .option('--seed <number>', 'the only source of chance (default: 1)')
    .option('--profile <name>', 'quick to look at, full to rely on (default: quick)')
    .option('--set <key=value>', 'set a parameter of the study, to JSON or text; can be given again', collect)
    .option('--workers <number>', 'how many runs run at a time (default: all processors)')
    .addHelpText('after', '\nCtrl-C ends it. Finished runs are kept: only what a change touches is computed again.')
    .action(async (study: string, flags: WatchFlags) => {
      const { watchStudy } = await import('./watch.ts');
      end(await watchStudy(study, flags, terminal));
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
