import type { Command } from 'commander';
import { collect } from '../collect.ts';
import type { Terminal } from '../terminal.ts';
import type { ResumeFlags, RunFlags } from './run.ts';

const exitCodes = `
Exit codes: 0 all jobs are done; 1 a job has failed; 2 bad input, or the folder cannot be used; 130 stopped by Ctrl-C.`;

/** Adds `relu-lab sweep` to the program. */
export function addSweepCommands(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  const sweep = program
    .command('sweep')
    .description('run an experiment over many conditions and seeds, on one machine or many')
    .helpCommand(false)
    .addHelpText('after', `\nExamples:\n${examples}`);

  const run = sweep
    .command('run')
    .description('run the sweep that a file defines, or go on with it')
    .argument(
      '<file>',
      'a .ts or .js file that exports defineSweep({ … }), or a .json file that names module and export',
    )
    .option('--out <folder>', 'where the runs go (default: dist/sweeps/<name of the file>)')
    .option(
      '--shard <i/n>',
      'run every n-th job from the i-th on; auto: as a Slurm array or a Kubernetes indexed job says',
    )
    .option('--seeds <number>', 'how many seeds, instead of what the file says')
    .option(
      '--set <key=value>',
      'a parameter: a value, or a JSON list of values for a grid; can be given again',
      collect,
    );
  runOptions(run)
    .addHelpText('after', `\nExamples:\n${runExamples}\n${exitCodes}`)
    .action(async (file: string, flags: RunFlags) => {
      const { runSweepFile } = await import('./run.ts');
      end(await runSweepFile(file, flags, terminal));
    });

  const resume = sweep
    .command('resume')
    .description('go on with the sweep in a folder')
    .argument('<folder>', 'the folder of a sweep');
  runOptions(resume)
    .addHelpText('after', `\nExample:\n  relu-lab sweep resume dist/sweeps/decay --retry-failed\n${exitCodes}`)
    .action(async (folder: string, flags: ResumeFlags) => {
      const { resumeSweep } = await import('./run.ts');
      end(await resumeSweep(folder, flags, terminal));
    });

  sweep
    .command('merge')
    .description('bring the runs of shards together in one folder')
    .argument('<out>', 'the folder for all runs, new or of the same sweep')
    .argument('<folders...>', 'the folders of shards')
    .option('--accept-changes', 'merge although code, versions of packages or kernels differ')
    .option('--json', 'print as JSON what there is then')
    .addHelpText('after', `\nExample:\n  relu-lab sweep merge decay-all decay-1 decay-2 decay-3\n${mergeExitCodes}`)
    .action(async (out: string, folders: string[], flags: { json?: boolean; acceptChanges?: boolean }) => {
      const { mergeSweepFolders } = await import('./merge.ts');
      end(mergeSweepFolders(out, folders, flags, terminal));
    });

  sweep
    .command('status')
    .description('say how far the sweep in a folder is, also while it runs')
    .argument('<folder>', 'the folder of a sweep')
    .option('--json', 'as JSON')
    .addHelpText('after', `\nExample:\n  relu-lab sweep status dist/sweeps/decay\n${statusExitCodes}`)
    .action(async (folder: string, flags: { json?: boolean }) => {
      const { printSweepStatus } = await import('./status.ts');
      end(printSweepStatus(folder, flags, terminal));
    });
}

function runOptions(command: Command): Command {
  return command
    .option('--workers <number>', 'how many jobs run at a time (default: all processors)')
    .option('--estimate', 'only try a few jobs, and say how long the rest should take')
    .option('--yes', 'do not ask, however long it takes')
    .option('--time-limit <seconds>', 'a job that takes longer fails')
    .option('--heap <megabytes>', 'a job that needs more JavaScript heap fails')
    .option('--retry-failed', 'also run jobs again that failed before')
    .option('--accept-changes', 'go on although code, versions of packages or kernels have changed')
    .option('--repair', 'move lines of runs.jsonl that cannot be read to runs.damaged.jsonl; their jobs run again')
    .option('--json', 'print the outcome as JSON')
    .option('--quiet', 'print nothing but errors, failures and the path of the rows')
    .option('--verbose', 'print where an error comes from');
}

const runExamples = `  relu-lab sweep run decay.ts
  relu-lab sweep run decay.ts --seeds 20 --set 'rate=[0.5,0.25]' --out decay-runs
  relu-lab sweep run decay.ts --estimate
  relu-lab sweep run decay.ts --shard auto --out "decay-$SLURM_ARRAY_TASK_ID"   (sbatch --array=0-7)

Ctrl-C stops; finished runs are kept, and the same command goes on.`;

const examples = `  relu-lab sweep run decay.ts --seeds 20
  relu-lab sweep status dist/sweeps/decay
  relu-lab sweep resume dist/sweeps/decay --retry-failed
  relu-lab sweep merge decay-all decay-1 decay-2 decay-3`;

const mergeExitCodes = `
Exit codes: 0 all jobs are done; 1 a job has failed or is missing; 2 bad input, or folders that do not go together.`;

const statusExitCodes = `
Exit codes: 0; 1 a job has failed; 2 the folder is not that of a sweep.`;
