import { packageTests } from '../../vitest.base.ts';

export default packageTests('report', import.meta.dirname);
