/** Up to here a whole power is a product, beyond it an exponential: which errs less then. */
const longestProduct = 64;

/**
 * base to the power of exponent, with the same bytes in every engine: `base ** exponent` and `Math.pow` differ in last digits
 * between versions of V8.
 *
 * A whole exponent up to 64 is a product by repeated squares, and its reciprocal below 0; any other power is
 * exp(exponent log base), and errs by as many units in the last place as its logarithm is large. `base ** 2` and `2 ** exponent`
 * with a whole exponent are exact everywhere, and need no help.
 *
 * @returns NaN for a base below 0 whose exponent is not whole, and where either is NaN unless the exponent is 0.
 */
export function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent)) return Math.exp(exponent * Math.log(base));
  const size = Math.abs(exponent);
  if (size <= longestProduct) {
    const product = wholePower(base, size);
    return exponent < 0 ? 1 / product : product;
  }
  const magnitude = Math.exp(exponent * Math.log(Math.abs(base)));
  return base < 0 && size % 2 === 1 ? -magnitude : magnitude;
}

function wholePower(base: number, exponent: number): number {
  let product = 1;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product *= square;
    square *= square;
  }
  return product;
}
