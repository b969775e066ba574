import { packageTests } from '../../vitest.base.ts';

export default packageTests('analysis', import.meta.dirname);
