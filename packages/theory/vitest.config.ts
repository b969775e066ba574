import { packageTests } from '../../vitest.base.ts';

export default packageTests('theory', import.meta.dirname);
