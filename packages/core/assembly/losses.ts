import { exp } from './exponential';
import { atLeast, loadLanes, storeLanes, total, vectorBytes, widenHigh, widenLow } from './lanes';

/** ln x for x ≥ 1, within one unit in the last place (the method of fdlibm, without its tables); x itself for ∞ and NaN. */
function log(x: f64): f64 {
  if (!(x < Infinity)) return x;
  // x = 2ᵏ (1 + f) with 1 + f between √½ and √2.
  const bits = reinterpret<u64>(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  const k = <f64>(<i64>(bits >> 52) - 1023);
  const f = reinterpret<f64>((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
  const odd = z * (0.6666666666666735130
    + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)));
  const half = 0.5 * f * f;
  return k * 0.6931471803691238 - (half - (s * (half + even + odd) + k * 1.9082149292705877e-10) - f);
}

/** The largest of `n` floats; NaN when one of them is. */
// @ts-ignore: decorator
@inline
function largestOf(x: usize, n: usize): f32 {
  let largest = f32x4.splat(-Infinity);
  const end = x + vectorBytes(n);
  for (; x != end; x += 16) largest = f32x4.max(largest, v128.load(x));
  let result = max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  );
  for (let i: usize = 0; i < (n & 3); i++) result = max(result, load<f32>(x + (i << 2)));
  return result;
}

/** out = e^(x − largest), 0 in lanes that are not counted; returns it. */
// @ts-ignore: decorator
@inline
function powersOf(x: usize, largest: v128, out: usize, count: usize): v128 {
  const powers = exp(atLeast(f32x4.sub(loadLanes(x, count), largest), -105));
  storeLanes(out, powers, count);
  return count == 4 ? powers : loadLanes(out, count);
}

// @ts-ignore: decorator
@inline
function scaleLanes(x: usize, factor: v128, count: usize): void {
  storeLanes(x, f32x4.mul(loadLanes(x, count), factor), count);
}

/**
 * Σ over rows of ln Σ_c exp(x[r, c]) − x[r, label]; gradient[r, c] = (softmax − 1{c = label}) `perRow`. A label that is no
 * class makes the sum NaN.
 */
export function softmaxCrossEntropy(
  logits: usize, labels: usize, gradient: usize, rows: usize, classes: usize, perRow: f64,
): f64 {
  let loss: f64 = 0;
  const whole = vectorBytes(classes);
  const rest = classes & 3;
  for (let r: usize = 0; r < rows; r++, labels += 4, logits += classes << 2, gradient += classes << 2) {
    const largest = largestOf(logits, classes);
    const shift = f32x4.splat(largest);
    let low = f64x2.splat(0), high = f64x2.splat(0);
    for (let at: usize = 0; at != whole; at += 16) {
      const powers = powersOf(logits + at, shift, gradient + at, 4);
      low = f64x2.add(low, widenLow(powers));
      high = f64x2.add(high, widenHigh(powers));
    }
    if (rest) {
      const powers = powersOf(logits + whole, shift, gradient + whole, rest);
      low = f64x2.add(low, widenLow(powers));
      high = f64x2.add(high, widenHigh(powers));
    }
    const sum = total(f64x2.add(low, high));
    const factor = f32x4.splat(<f32>(perRow / sum));
    for (let at: usize = 0; at != whole; at += 16) scaleLanes(gradient + at, factor, 4);
    if (rest) scaleLanes(gradient + whole, factor, rest);

    const label = <usize>load<u32>(labels);
    if (label < classes) {
      const at = gradient + (label << 2);
      store<f32>(at, <f32>(<f64>load<f32>(at) - perRow));
      loss += log(sum) - (<f64>load<f32>(logits + (label << 2)) - <f64>largest);
    } else {
      loss = NaN;
    }
  }
  return loss;
}

/** gradient = (output − target) factor; returns the differences. */
// @ts-ignore: decorator
@inline
function differences(output: usize, target: usize, gradient: usize, factor: v128, count: usize): v128 {
  const lanes = f32x4.sub(loadLanes(output, count), loadLanes(target, count));
  storeLanes(gradient, f32x4.mul(lanes, factor), count);
  return lanes;
}

/** Σ (output − target)²; gradient = (output − target) `factor`. */
export function squaredError(output: usize, target: usize, gradient: usize, n: usize, factor: f32): f64 {
  const factors = f32x4.splat(factor);
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
  const end = output + vectorBytes(n);
  for (; output != end; output += 16, target += 16, gradient += 16) {
    const lanes = differences(output, target, gradient, factors, 4);
    const low = widenLow(lanes);
    const high = widenHigh(lanes);
    s0 = f64x2.add(s0, f64x2.mul(low, low));
    s1 = f64x2.add(s1, f64x2.mul(high, high));
  }
  if (n & 3) {
    const lanes = differences(output, target, gradient, factors, n & 3);
    const low = widenLow(lanes);
    const high = widenHigh(lanes);
    s0 = f64x2.add(s0, f64x2.mul(low, low));
    s1 = f64x2.add(s1, f64x2.mul(high, high));
  }
  return total(f64x2.add(s0, s1));
}
