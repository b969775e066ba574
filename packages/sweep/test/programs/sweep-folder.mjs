// Runs forty short jobs over two workers in the folder given; says how many are done.
import { openSweep, workerPool } from '../../dist/index.js';

const [folder] = process.argv.slice(2);
const executor = workerPool({ workers: 2 });
const sweep = openSweep(folder, {
  experiment: { module: new URL('../experiments/powers.ts', import.meta.url).href, export: 'powers' },
  parameters: { base: [2, 3], steps: [3], delay: [30] },
  seeds: 20,
});
const { status, reused } = await sweep.run({
  executor,
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
});
sweep.close();
await executor.close();
process.stdout.write(`${status}, ${reused} reused\n`);
