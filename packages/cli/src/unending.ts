/**
 * The outcome of `work`, or an error when it can have none: nothing in the process is left that could settle it. Node
 * would end silently.
 *
 * @param message - what the error says.
 */
export async function unlessUnending<Value>(work: Promise<Value>, message: string): Promise<Value> {
  let listener: (() => void) | undefined;
  const unending = new Promise<never>((_resolve, reject) => {
    listener = () => reject(new Error(message));
    process.once('beforeExit', listener);
  });
  try {
    return await Promise.race([work, unending]);
  } finally {
    if (listener) process.off('beforeExit', listener);
  }
}
