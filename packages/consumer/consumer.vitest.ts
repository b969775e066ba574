import { defineConfig } from 'vitest/config';

/** Not called vitest.config.ts: these tests need the built packages and take longer than the unit tests that `npm test` runs. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'consumer',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/install.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['verbose'],
  },
});
