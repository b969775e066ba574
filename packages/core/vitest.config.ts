import { mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.base.ts';

export default mergeConfig(packageTests('core', import.meta.dirname), {
  test: { globalSetup: ['test/say-which-builds.ts'] },
});
