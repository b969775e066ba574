/**
 * Ends the kernel when who started it is gone, as Jupyter's own kernels do: `JPY_PARENT_PID` names that process. On Windows it
 * names a handle instead, which Node cannot look at.
 */
export function endWithParent() {
  const parent = Number(process.env.JPY_PARENT_PID);
  if (process.platform === 'win32' || !Number.isInteger(parent) || parent <= 1) return;
  const watch = setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      if (error.code === 'ESRCH') process.exit(0);
    }
  }, 1000);
  watch.unref();
}
