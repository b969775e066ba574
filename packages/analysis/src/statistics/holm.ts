import { ParameterError } from '@relu-lab/core';

/**
 * P values adjusted for their number by Holm's step-down method: the k-th smallest of m times m − k + 1, at most 1, and never below the
 * one before it. Those at most α after adjustment can all be taken for differences, with a probability of at most α that any is none,
 * whatever the dependence between the tests.
 *
 * @returns the adjusted values, in the order of the given ones.
 * @throws ParameterError for a value that is not from 0 to 1.
 * @see Holm 1979, https://www.jstor.org/stable/4615733
 */
export function holm(pValues: readonly number[]): readonly number[] {
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1))
      throw new ParameterError(`A p value must be a number from 0 to 1, not ${String(p)} (at ${i})`);
  });
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  [...pValues.entries()]
    .sort(([, a], [, b]) => a - b)
    .forEach(([index, p], k) => {
      largest = Math.max(largest, Math.min(1, p * (pValues.length - k)));
      adjusted[index] = largest;
    });
  return adjusted;
}
