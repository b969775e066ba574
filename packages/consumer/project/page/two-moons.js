/** Two interleaved half circles with a little noise: a page that needs no more than core and nn makes its own data. */
export function twoMoons(rows, rng) {
  const inputs = new Float32Array(rows * 2);
  const targets = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const angle = Math.PI * rng.uniform();
    const upper = i % 2 === 0;
    inputs[2 * i] = (upper ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.1 * rng.normal();
    inputs[2 * i + 1] = (upper ? Math.sin(angle) : 0.5 - Math.sin(angle)) + 0.1 * rng.normal();
    targets[i] = upper ? 0 : 1;
  }
  return { name: 'two moons', rows, features: 2, classes: 2, inputs, targets };
}
