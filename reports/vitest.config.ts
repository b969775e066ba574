import { packageTests } from '../vitest.base.ts';

export default packageTests('studies', import.meta.dirname);
