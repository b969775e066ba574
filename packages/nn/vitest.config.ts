import { packageTests } from '../../vitest.base.ts';

export default packageTests('nn', import.meta.dirname);
