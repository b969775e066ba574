import { mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.base.ts';

export default mergeConfig(packageTests('native', import.meta.dirname), {
  test: { globalSetup: ['test/say-whether-built.ts'] },
});
