import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Which layers each layer may import: the picture in CONTRIBUTING.md, read from the bottom up. */
const house = {
  core: ['core'],
  native: ['core', 'native'],
  nn: ['core', 'nn'],
  datasets: ['core', 'datasets'],
  theory: ['core', 'theory'],
  sweep: ['sweep'],
  analysis: ['core', 'nn', 'datasets', 'theory', 'sweep', 'analysis'],
  report: ['core', 'nn', 'datasets', 'theory', 'sweep', 'analysis', 'report'],
  cli: ['core', 'nn', 'datasets', 'theory', 'sweep', 'analysis', 'report', 'cli'],
  notebook: ['core', 'nn', 'datasets', 'theory', 'sweep', 'analysis', 'report', 'notebook'],
  study: ['core', 'nn', 'datasets', 'theory', 'sweep', 'analysis', 'report', 'study'],
  bench: ['core', 'native', 'nn', 'datasets', 'theory', 'sweep', 'analysis', 'report', 'bench'],
};

const depConstraints = Object.entries(house).map(([layer, below]) => ({
  sourceTag: `layer:${layer}`,
  onlyDependOnLibsWithTags: below.map((name) => `layer:${name}`),
}));

const samePower = 'Use power of @relu-lab/core, which gives the same bytes in every engine.';

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/out-tsc',
      '**/test-output',
      '**/assembly',
      '**/generated',
      'packages/*/build',
      '.nx',
      'notebooks',
    ],
  },
  ...tseslint.configs.recommended,
  { plugins: { '@nx': nx } },
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: ['^(\\.\\./)+vitest\\.base\\.ts$'],
          // The command loads it only for the commands that need it.
          checkDynamicDependenciesExceptions: ['^@relu-lab/report$'],
          depConstraints,
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['core', 'nn', 'theory', 'analysis'].map((name) => `packages/${name}/src/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'This package also runs in a browser.' }] },
      ],
    },
  },
  {
    files: [
      ...['core', 'nn', 'datasets', 'theory', 'analysis'].map((name) => `packages/${name}/src/**/*.ts`),
      'reports/**/*.ts',
    ],
    ignores: ['**/*.test.ts'],
    rules: {
      // Versions of V8 differ in last digits of other powers than squares and whole powers of 2.
      'no-restricted-properties': ['error', { object: 'Math', property: 'pow', message: samePower }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "BinaryExpression[operator='**']:not([right.value=2]):not([left.value=2])",
          message: samePower,
        },
        { selector: "AssignmentExpression[operator='**=']", message: samePower },
      ],
    },
  },
);
