import type { PreparedWork } from '../../engine.ts';
import { tasks } from '../../tasks.ts';

/** A task of this project that no other engine has. */
export function ourTask(name: string): PreparedWork | Promise<PreparedWork> {
  if (!Object.hasOwn(tasks, name))
    throw new Error(`there is no task '${name}'; there are ${Object.keys(tasks).join(', ')}`);
  return tasks[name].prepare();
}
