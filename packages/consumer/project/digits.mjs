// Loads the digits that come with the installed packages.
import { loadMnist } from '@relu-lab/datasets';

const { train, test, mean } = await loadMnist();
process.stdout.write(JSON.stringify({ train: train.rows, test: test.rows, mean, last: test.targets.at(-1) }));
