import { packageTests } from '../../vitest.base.ts';

export default packageTests('cli', import.meta.dirname);
