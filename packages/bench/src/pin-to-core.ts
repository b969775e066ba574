import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Keeps all threads of a process on one core; tells whether the system can. */
export function pinToCore(pid: number | undefined, core: number): boolean {
  return setAffinity(pid, String(core));
}

/** Lets a process run on all cores again. */
export function freeFromCore(pid: number | undefined): boolean {
  return setAffinity(pid, `0-${availableParallelism() - 1}`);
}

function setAffinity(pid: number | undefined, cores: string): boolean {
  if (pid === undefined) return false;
  try {
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
