import { packageTests } from '../../vitest.base.ts';

export default packageTests('datasets', import.meta.dirname);
