import { SweepError } from './errors.ts';

/** One part of a sweep that is split over machines. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/**
 * A shard from its text: `2/8`, or `auto` for what a Slurm array or a Kubernetes indexed job says in the environment.
 *
 * `auto` reads `SLURM_ARRAY_TASK_ID` and `SLURM_ARRAY_TASK_COUNT` (with `SLURM_ARRAY_TASK_MIN`, `_MAX` and `_STEP`, so that
 * `--array=0-7`, `--array=1-8` and `--array=0-14:2` are all eight shards), or `JOB_COMPLETION_INDEX`, which counts from 0, and
 * `JOB_COMPLETIONS`. An array of one task, with gaps, or that starts elsewhere than at 0 or 1 is refused: it looks like tasks of a larger
 * one that were submitted again, whose count it does not know.
 *
 * @throws SweepError for another text, an index outside 1 to count, and where the environment does not tell the shard for certain.
 */
export function readShard(text: string, environment: Readonly<Record<string, string | undefined>> = {}): Shard {
  if (text === 'auto') return shardOfEnvironment(environment);
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  return checkShard({ index: Number(index), count: Number(count) }, `'${text}'`);
}

/**
 * @throws SweepError unless index and count are whole numbers with 1 ≤ index ≤ count.
 */
export function checkShard(shard: Shard, name: string = JSON.stringify(shard)): Shard {
  const { index, count } = shard;
  if (Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 1 && index <= count) return shard;
  throw new SweepError(`A shard is i/n with 1 ≤ i ≤ n, as in 2/8, or auto; not ${name}`);
}

/** Every n-th job from the i-th on, so that each shard gets a share of every condition. */
export function jobsOfShard<Job>(jobs: readonly Job[], { index, count }: Shard): readonly Job[] {
  return jobs.filter((_, i) => i % count === index - 1);
}

function shardOfEnvironment(environment: Readonly<Record<string, string | undefined>>): Shard {
  const number = (name: string, absent?: number): number => {
    const text = environment[name];
    if (text === undefined && absent !== undefined) return absent;
    if (text !== undefined && /^\d+$/.test(text)) return Number(text);
    throw new SweepError(
      text === undefined
        ? `The shard cannot be told from the environment: ${name} is not set`
        : `The shard cannot be told from the environment: ${name} is '${text}', not a whole number`,
    );
  };
  const id = environment['SLURM_ARRAY_TASK_ID'];
  if (id !== undefined) {
    const count = number('SLURM_ARRAY_TASK_COUNT');
    const first = number('SLURM_ARRAY_TASK_MIN');
    const step = number('SLURM_ARRAY_TASK_STEP', 1);
    const last = first + step * (count - 1);
    if (count < 2 || first > 1 || number('SLURM_ARRAY_TASK_MAX', last) !== last) {
      throw new SweepError(
        `The shard cannot be told from the environment: task ${id} of a Slurm array of ${count} ${count === 1 ? 'task' : 'tasks'} from ${first} on may be one of a larger array that was submitted again; write i/n, as in 2/8`,
      );
    }
    const position = (number('SLURM_ARRAY_TASK_ID') - first) / step;
    return checkShard(
      { index: position + 1, count },
      `task ${id} of ${count} of a Slurm array; submit it with --array=0-${count - 1}`,
    );
  }
  if (environment['JOB_COMPLETION_INDEX'] !== undefined) {
    const index = number('JOB_COMPLETION_INDEX');
    const count = number('JOB_COMPLETIONS');
    return checkShard({ index: index + 1, count }, `completion ${index} (from 0) of ${count}`);
  }
  throw new SweepError(
    'The shard cannot be told from the environment: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; write i/n',
  );
}
