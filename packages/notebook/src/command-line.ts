/** The command `relu-lab-notebook`; returns the exit code. */
export async function main(): Promise<number> {
  return 0;
}
