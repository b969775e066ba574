// Multiplies for a while on its own arena, and posts how many results differ from the first, which is held against the
// reference: what another thread writes into shared buffers would show.
import { parentPort, workerData } from 'node:worker_threads';
import { Arena, createBackend, random } from '@relu-lab/core';

const { seed, milliseconds } = workerData;
const [m, n, k] = [150, 90, 600];
const arena = new Arena();
const native = createBackend(arena, 'native');
const reference = createBackend(arena, 'reference');
const [a, b, c, expected] = [m * k, k * n, m * n, m * n].map((length) => arena.allocate(length));
random(seed).fillNormal(arena.values.subarray(a, a + m * k));
random(seed + 1).fillNormal(arena.values.subarray(b, b + k * n));

// Both operands transposed, so that both are packed.
const multiply = (backend, to) => backend.matmul(to, n, a, 1, m, b, 1, k, m, n, k, false);
multiply(reference, expected);
multiply(native, c);
const first = arena.read(c, m * n);
const error = Math.max(...arena.read(expected, m * n).map((value, i) => Math.abs(value - first[i])));

let [rounds, different] = [0, 0];
for (const end = Date.now() + milliseconds; Date.now() < end; rounds++) {
  multiply(native, c);
  const { values } = arena;
  for (let i = 0; i < m * n; i++) if (values[c + i] !== first[i]) different++;
}
parentPort.postMessage({ build: native.build, error, rounds, different });
