// Runs the same jobs in this process and over two workers, and prints the rows of both.
import { createJobs, experiment, inProcess, runSweep, workerPool } from '@relu-lab/sweep';

const reference = experiment(new URL('./experiment.ts', import.meta.url).href, 'meanOfRelu');
const jobs = createJobs(reference, [{ draws: 20000 }], [1, 2, 3, 4]);
const found = {};
for (const [name, executor] of Object.entries({ inProcess: inProcess(), workerPool: workerPool({ workers: 2 }) })) {
  const { status, results, failures } = await runSweep({ jobs, executor });
  await executor.close();
  found[name] = { status, rows: results.flatMap(({ rows }) => rows), failures };
}
process.stdout.write(JSON.stringify(found));
