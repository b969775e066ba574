import { packageTests } from '../../vitest.base.ts';

export default packageTests('core', import.meta.dirname);
