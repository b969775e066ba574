import { type TheoryOption, number, optionalNumber } from '../option-kinds.ts';

/** σ_w², as most commands of mean-field theory take it. */
export const weightVariance: TheoryOption<number, true> = number('σ_w² = fanIn × Var[W]: He is 2, LeCun is 1');

/** σ_b². */
export const biasVariance: TheoryOption<number, false> = optionalNumber('σ_b² = Var[b]', '0');
