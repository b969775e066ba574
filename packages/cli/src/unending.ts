/**
 * The outcome of `work`, or an error when it can have none: nothing in the process is left that could settle it. Node
 * would end silently.
 *
 * @param error - makes the error.
 */
export async function unlessUnending<Value>(work: Promise<Value>, error: () => Error): Promise<Value> {
  let listener: (() => void) | undefined;
  const unending = new Promise<never>((_resolve, reject) => {
    listener = () => reject(error());
    process.once('beforeExit', listener);
  });
  try {
    return await Promise.race([work, unending]);
  } finally {
    if (listener) process.off('beforeExit', listener);
  }
}
