import { parseArgs } from 'node:util';
import { main } from './main.ts';

// node packages/bench/dist/diagnosis/run.js [--seeds 2] [--first-seed 1] [--only TEXT]: fails unless every planted illness is named and
// no healthy network gets an alarm.
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    'first-seed': { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
main({
  seeds: Number(values.seeds),
  firstSeed: Number(values['first-seed']),
  only: values.only,
}).then(
  ({ planted, named, falseAlarms }) => process.exit(named === planted && falseAlarms === 0 ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
