import { packageTests } from '../../vitest.base.ts';

export default packageTests('sweep', import.meta.dirname);
