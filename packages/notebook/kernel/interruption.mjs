/** Where `interruption()` of this package leaves the controller of the cell that runs. */
const key = Symbol.for('@relu-lab/notebook interruption');

/**
 * Lets a cell end itself when it is interrupted while it waits, with what it has: tslab would make it fail, and lose all that it
 * has declared, while what it waits for goes on. A second interrupt does just that.
 *
 * @param {NodeJS.Require} load - `require` from tslab's folder of modules.
 */
export function offerInterruption(load) {
  const executors = load('./executor.js');
  const { createExecutor } = executors;
  executors.createExecutor = (...args) => {
    const executor = createExecutor(...args);
    const { execute, interrupt } = executor;
    executor.execute = (code) => {
      delete globalThis[key];
      return execute(code);
    };
    executor.interrupt = () => {
      const controller = globalThis[key];
      if (!controller || controller.signal.aborted) interrupt();
      else controller.abort();
    };
    return executor;
  };
}
