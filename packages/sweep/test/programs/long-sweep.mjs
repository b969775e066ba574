// Runs forty short jobs over two workers, with a store in the folder given; says how many are done.
import { createJobs, experiment, openStore, runSweep, workerPool } from '../../dist/index.js';

const [folder] = process.argv.slice(2);
const powers = experiment(new URL('../experiments/powers.ts', import.meta.url).href, 'powers');
const { status, reused } = await runSweep({
  jobs: createJobs(powers, [{ base: 2, steps: 3, delay: 30 }], [...Array(40).keys()]),
  executor: workerPool({ workers: 2 }),
  store: openStore(folder, { fingerprint: 'f1' }),
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
});
process.stdout.write(`${status}, ${reused} reused\n`);
