import { fileURLToPath } from 'node:url';
import { type ViteUserConfig, defineConfig } from 'vitest/config';

/** The test settings that every package shares: siblings are read from their sources, and a stray console call fails a test. */
export function packageTests(name: string, root: string): ViteUserConfig {
  return defineConfig({
    root,
    ssr: { resolve: { conditions: ['@relu-lab/source', 'node', 'import', 'default'] } },
    test: {
      name,
      environment: 'node',
      include: ['**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/dist/**', '**/out-tsc/**'],
      setupFiles: [fileURLToPath(new URL('./vitest.setup.ts', import.meta.url))],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      onConsoleLog: (log) => {
        throw new Error(`A test wrote to the console: ${log}`);
      },
    },
  });
}
