import { ParameterError, ShapeError } from '../errors.ts';
import type { Initializer } from '../initializer.ts';
import type { RandomStream } from '../random/stream.ts';

/** What tells one rule from another; all but `biases` and `outputVariance` as in `Initializer`. */
export interface InitializerRule extends Pick<Initializer, 'name' | 'parameters' | 'source' | 'outputVariance'> {
  variance(fanIn: number, fanOut: number): number;
  weights(out: Float32Array, fanIn: number, fanOut: number, stream: RandomStream): void;
  /** Left out where biases start at 0. */
  readonly biases?: {
    variance(fanIn: number, fanOut: number): number;
    draw(out: Float32Array, fanIn: number, fanOut: number, stream: RandomStream): void;
  };
}

/** An initialiser from its rule: zero biases where the rule is silent, and checks of fans and shapes before every draw. */
export function defineInitializer({ variance, weights, biases, ...facts }: InitializerRule): Initializer {
  const { name } = facts;
  return {
    ...facts,
    variance(fanIn, fanOut) {
      checkFans(name, fanIn, fanOut);
      return variance(fanIn, fanOut);
    },
    biasVariance(fanIn, fanOut) {
      checkFans(name, fanIn, fanOut);
      return biases === undefined ? 0 : biases.variance(fanIn, fanOut);
    },
    weights(out, fanIn, fanOut, stream) {
      checkFans(name, fanIn, fanOut);
      if (out.length !== fanIn * fanOut) {
        throw new ShapeError(
          `${name} draws ${fanOut} × ${fanIn} = ${fanIn * fanOut} weights (fanOut × fanIn), but the array holds ${out.length}`,
        );
      }
      weights(out, fanIn, fanOut, stream);
    },
    biases(out, fanIn, fanOut, stream) {
      checkFans(name, fanIn, fanOut);
      if (out.length !== fanOut) {
        throw new ShapeError(`${name} draws ${fanOut} biases (fanOut), but the array holds ${out.length}`);
      }
      if (biases === undefined) out.fill(0);
      else biases.draw(out, fanIn, fanOut, stream);
    },
  };
}

function checkFans(name: string, fanIn: number, fanOut: number): void {
  if (!Number.isSafeInteger(fanIn) || fanIn < 1 || !Number.isSafeInteger(fanOut) || fanOut < 1) {
    throw new ParameterError(
      `${name} needs whole numbers of at least 1 as fanIn and fanOut; got fanIn ${fanIn} and fanOut ${fanOut}`,
    );
  }
}
