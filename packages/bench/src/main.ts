import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Benchmark, type Result, runBenchmark } from './benchmark.ts';
import { elementwiseActivations } from './elementwise.ts';
import { thisMachine } from './machine.ts';
import { matrixProducts } from './matrix-product.ts';
import { tableHead, tableRows } from './table.ts';
import { trainingSteps } from './training-step.ts';

const suites: Readonly<Record<string, () => readonly (() => Benchmark)[]>> = {
  'matrix-product': matrixProducts,
  elementwise: elementwiseActivations,
  'training-step': trainingSteps,
};

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  print(`There is no suite ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`);
  process.exit(1);
}

const effort = values.quick ? { rounds: 3, chunkSeconds: 0.002 } : { rounds: 15, chunkSeconds: 0.02 };
const machine = thisMachine();
const started = new Date();
print(`${machine.cpu}, Node ${machine.node}, kernels: ${machine.kernels}, load ${machine.load.toFixed(1)}`);
print('CPU time of one run: median and quartiles over rounds; speed against the first contender\n');
print(tableHead());
const results = (positionals.length > 0 ? positionals : Object.keys(suites)).flatMap((name) =>
  suites[name]().flatMap((create): readonly Result[] => {
    const found = runBenchmark(create(), effort);
    print(tableRows(found));
    return found;
  }),
);

const folder = join(import.meta.dirname, '..', 'results');
const file = join(folder, `${started.toISOString().replace(/[:.]/g, '-')}.json`);
mkdirSync(folder, { recursive: true });
writeFileSync(file, `${JSON.stringify({ started: started.toISOString(), machine, effort, results }, null, 2)}\n`);
print(`\nWritten to ${file}`);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
