import { packageTests } from '../../vitest.base.ts';

export default packageTests('bench', import.meta.dirname);
