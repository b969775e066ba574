import { durationText } from '@relu-lab/report';
import type { SweepProgress } from '@relu-lab/sweep';

/** Less time than this is not worth a line. */
const leastSeconds = 60;

/**
 * Watches a run of few jobs, for which no job was tried beforehand: when the first ones have ended and there is a pace to judge by, says
 * once how long the rest should take, if that is more than a minute.
 */
export function firstEstimate(tell: (line: string) => void): (progress: SweepProgress) => void {
  let before: number | undefined;
  let isTold = false;
  return ({ done, total, remainingSeconds }) => {
    before ??= done;
    if (isTold || done === before || remainingSeconds === null) return;
    isTold = true;
    if (remainingSeconds < leastSeconds || done === total) return;
    const left = total - done === 1 ? '1 job is' : `${total - done} jobs are`;
    const judges = done - before === 1 ? 'the first that has ended' : `the first ${done - before} that have ended`;
    tell(`${left} left, about ${durationText(remainingSeconds)}, judged by ${judges}.`);
  };
}
