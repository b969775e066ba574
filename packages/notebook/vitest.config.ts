import { packageTests } from '../../vitest.base.ts';

export default packageTests('notebook', import.meta.dirname);
