/** A kernel that does not start, or is gone: the message says what is known of why. */
export class KernelError extends Error {
  override readonly name: string = 'KernelError';
}
