import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from './bench.ts';
import { contenders } from './contenders.ts';
import { peersFolder } from './engines/load.ts';
import { clockTime } from './format.ts';
import { type BenchOptions, UsageError, readOptions, usage } from './options.ts';
import { wasQuiet } from './machine.ts';
import { mergeResults } from './merge-results.ts';
import { prettyFile } from './pretty-file.ts';
import { readResults } from './read-results.ts';
import { writeResults } from './render/write-results.ts';
import { type Results, suiteNames } from './results.ts';
import { surroundings } from './surroundings.ts';
import { comparisonLines, contenderLines } from './terminal.ts';

const packageFolder = join(import.meta.dirname, '..');

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const message = error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${message}\n`);
    process.exit(1);
  },
);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  // Stdout is for the results alone when they are asked for as JSON.
  const stream = options.json ? process.stderr : process.stdout;
  const say: Say = (line) => void stream.write(`${line}\n`);
  if (options.render.length > 0) {
    say(
      await writeResults(
        mergeResults(options.render.map((file) => readResults(file, process.env['INIT_CWD'] ?? '.'))),
        packageFolder,
      ),
    );
    return 0;
  }
  const results = await measure(options, say);
  const file = await store(results);
  if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`);
  say(`\n${clockTime(results.took)}; written to ${file}`);
  if (isWhole(options)) say(await writeResults(results, packageFolder));
  return 0;
}

/** Writes a line where people read. */
type Say = (line: string) => void;

/** A part of it, or a glance, does not replace what is published. */
function isWhole({ suites, peers, effort }: BenchOptions): boolean {
  return suites.length === suiteNames.length && peers && effort.rounds >= 5;
}

async function measure({ suites, effort, peers }: BenchOptions, say: Say): Promise<Results> {
  const roster = contenders(surroundings(peersFolder, peers, say));
  const labels = new Map<string, string>(roster.map(({ id, label }) => [id, label]));
  return await runBench(suites, roster, effort, {
    onMachine: (machine) => {
      if (wasQuiet(machine)) return;
      say(`Other work keeps ${machine.load.toFixed(1)} processors busy: do not believe what several threads take.`);
    },
    onContenders: (records, blas) => {
      say(contenderLines(records));
      if (blas) {
        const counts = blas.counts ? 'counts' : 'DOES NOT COUNT';
        say(`PyTorch stands on ${blas.name} (${blas.detail}): ${counts}, ${blas.reason}`);
      }
      say('CPU time of one run (of work over several threads: time on the wall): median and quartiles over rounds\n');
    },
    onComparison: (entries, refusals, { done, total, remainingSeconds }) => {
      say(comparisonLines(entries, refusals, labels));
      say(`[${done} of ${total}, about ${clockTime(remainingSeconds)} left]`);
    },
  });
}

async function store(results: Results): Promise<string> {
  const folder = join(packageFolder, 'results', 'runs');
  const file = join(folder, `${results.started.replace(/[:.]/g, '-')}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, await prettyFile(file, JSON.stringify(results)));
  return file;
}
