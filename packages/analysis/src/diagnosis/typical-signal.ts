import { median } from '../statistics/quantile.ts';

/**
 * The median over samples of the mean square of a sample's signal over that of its input: what becomes of the typical sample. The mean
 * over samples may be held up by a few that keep their length while nearly all lose it. Samples whose input is 0 are left out; NaN when
 * all are.
 *
 * @param inputs - rows × `features`, row-major.
 * @param signals - rows × `width`, row-major.
 * @param centres - taken from each row of `signals`; none for 0.
 */
export function typicalSignal(
  { inputs, features }: { readonly inputs: ArrayLike<number>; readonly features: number },
  {
    signals,
    width,
    centres,
  }: { readonly signals: ArrayLike<number>; readonly width: number; readonly centres: ArrayLike<number> },
): number {
  const ratios: number[] = [];
  for (let row = 0; row < inputs.length / features; row++) {
    let input = 0;
    for (let i = 0; i < features; i++) input += inputs[row * features + i] ** 2;
    if (input === 0) continue;
    let signal = 0;
    for (let i = 0; i < width; i++) signal += (signals[row * width + i] - (centres.length === 0 ? 0 : centres[i])) ** 2;
    ratios.push(signal / width / (input / features));
  }
  return ratios.length === 0 ? NaN : median(ratios);
}
