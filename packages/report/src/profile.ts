/** How thorough a build is: `quick` to look at, `full` to rely on. */
export type Profile = 'quick' | 'full';

export const profiles: readonly Profile[] = ['quick', 'full'];
