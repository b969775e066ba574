import { Command, CommanderError } from 'commander';
import type { BuildFlags } from './build.ts';
import { collect } from './collect.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { addReportCommands } from './reports/commands.ts';
import { stackOf } from './stack.ts';
import { addSweepCommands } from './sweep/commands.ts';
import { type Terminal, processTerminal } from './terminal.ts';
import { addTheoryCommands } from './theory/commands.ts';
import { ownVersion } from './version.ts';

/**
 * Runs the command line, and returns the exit code: 0 when all went well, 1 when a job, a run or a check failed, 2 for bad input or
 * a folder that cannot be used, 130 when Ctrl-C stopped it.
 *
 * @param words - what stands after `relu-lab`.
 */
export async function main(words: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  // Another package understands what follows, its options too.
  if (words[0] === 'notebook') return handOn(words.slice(1), terminal);
  let exitCode = 0;
  const program = commands(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    // Commander has said it already: help, version or a usage error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.badInput;
    const { messageOf } = await import('@relu-lab/report');
    terminal.info(`Error: ${messageOf(error)}`);
    if (words.includes('--verbose')) terminal.info(stackOf(error));
    return exitCodeOf(error);
  }
  return exitCode;
}

async function handOn(words: readonly string[], terminal: Terminal): Promise<number> {
  const { runNotebookCommand } = await import('./notebook.ts');
  return runNotebookCommand(words, terminal);
}

/** What a command needs is loaded when it runs: help and theory come at once. */
function commands(terminal: Terminal, end: (exitCode: number) => void): Command {
  const program = new Command('relu-lab')
    .description(
      'A study lab for activation functions: what theory predicts, what a seeded measurement shows, and a verdict.',
    )
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.info(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
    })
    .addHelpText('after', `\nExamples:\n${examples}`);

  program.commandsGroup('Predict, measure, report:');
  addTheoryCommands(program, terminal, end);
  addSweepCommands(program, terminal, end);
  const report = program
    .command('report')
    .description('list studies, and build them: one page of claims, figures and data each')
    .helpCommand(false);
  report
    .command('list')
    .description('list the studies of the project: the folders with a study.ts under reports/')
    .option('--json', 'as JSON')
    .action(async (flags: { json?: boolean }) => {
      const { listStudies } = await import('./list.ts');
      end(await listStudies(flags, terminal));
    });
  report
    .command('build')
    .description('run studies and write their reports')
    .argument(
      '[study...]',
      'a study of the project by name, or the path of a file such as ./my-study.ts (default: all of the project, and the index)',
    )
    .option('--out <folder>', 'where reports go, each in a folder of its id (default: dist/reports of the project)')
    .option('--seed <number>', 'the only source of chance (default: 1)')
    .option('--profile <name>', 'quick to look at, full to rely on (default: quick)')
    .option('--set <key=value>', 'set a parameter of the study, to JSON or text; can be given again', collect)
    .option('--workers <number>', 'how many runs run at a time (default: all processors)')
    .option('--keep-runs', 'keep finished runs although the report is complete: the same command then takes them over')
    .option('--check', 'exit with 1 when a verdict is not the one that the study expects')
    .option('--json', 'print the outcome as JSON')
    .option('--quiet', 'print nothing but errors, warnings and the path of the report')
    .option('--verbose', 'print where an error comes from')
    .addHelpText('after', `\nExamples:\n${buildExamples}\n${buildExitCodes}`)
    .action(async (studies: string[], flags: BuildFlags) => {
      const { buildStudies } = await import('./build.ts');
      end(await buildStudies(studies, flags, terminal));
    });
  addReportCommands(report, terminal, end);
  program.commandsGroup('Explore:');
  program
    .command('notebook')
    .description('run notebooks, and make pages of them, with @relu-lab/notebook')
    .argument('[words...]', 'what it does: open, run, html, pictures, install-kernel, uninstall-kernel')
    .helpOption(false);
  program.commandsGroup('This installation:');
  program
    .command('info')
    .description('print versions, machine and kernels: which backends load, and why others do not')
    .option('--json', 'as JSON')
    .action(async (flags: { json?: boolean }) => {
      const { printInfo } = await import('./info.ts');
      end(await printInfo(flags, terminal));
    });
  nameHelp(program, 'relu-lab');
  return program;
}

/** After an error each command names its own help. */
function nameHelp(command: Command, path: string): void {
  command.showHelpAfterError(`Help: ${path} --help`);
  for (const child of command.commands) nameHelp(child, `${path} ${child.name()}`);
}

const buildExamples = `  relu-lab report build
  relu-lab report build activations-on-mnist
  relu-lab report build activations-on-mnist --profile full --seed 7
  relu-lab report build ./my-study.ts --set seeds=5 --set 'learningRates=[0.01,0.1]' --out reports-out

Ctrl-C stops a build; finished runs are kept, and the same command continues.`;

const buildExitCodes = `
Exit codes: 0; 1 a run or a check failed, or the report has a problem; 2 bad input, or the folder cannot be used; 130 stopped by Ctrl-C.`;

const examples = `  relu-lab theory edge-of-chaos --activation tanh --bias-variance 0.05
  relu-lab sweep run decay.ts --seeds 20
  relu-lab report build activations-on-mnist --profile full --seed 7

Each command and subcommand has a --help of its own, with options, examples and exit codes.`;
