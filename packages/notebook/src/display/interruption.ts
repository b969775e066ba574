/** Where the kernel looks for the controller of the cell that runs. */
const key = Symbol.for('@relu-lab/notebook interruption');

/**
 * A signal for the cell that runs: it is aborted when the user interrupts the kernel, so that a training run ends after the step
 * under way, and its result stays in hand. Interrupting again makes the cell fail, as it does without this.
 *
 * ```ts
 * const run = await train(network, { …, signal: interruption() });
 * run.status; // 'aborted', with all epochs until then
 * ```
 *
 * On tslab's own kernel, and in code that does not wait, an interrupt fails the cell at once.
 */
export function interruption(): AbortSignal {
  const shared = globalThis as { [key]?: AbortController };
  shared[key] ??= new AbortController();
  return shared[key].signal;
}
