import { mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.base.ts';

// Plotly in its window takes seconds to start: files that run after one another share it.
export default mergeConfig(packageTests('report', import.meta.dirname), { test: { isolate: false } });
