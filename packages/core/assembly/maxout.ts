// The maximum over groups of neighbouring columns. Two pieces, the usual number, go four units at a time.

/** Whether `candidate` is chosen over `best`: larger, or the first NaN. */
// @ts-ignore: decorator
@inline
function wins(candidate: f32, best: f32): bool {
  return candidate > best || (candidate != candidate && best == best);
}

/** y[u] = max_p x[u pieces + p], winners[u] = the first p that attains it, over `units` units (of all rows). */
export function maxoutForward(x: usize, y: usize, winners: usize, units: usize, pieces: usize): void {
  let u: usize = 0;
  if (pieces == 2) {
    for (; u + 4 <= units; u += 4, x += 32, y += 16, winners += 16) {
      const low = v128.load(x);
      const high = v128.load(x, 16);
      const first = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      const second = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
      const onlySecondIsNan = v128.and(f32x4.ne(second, second), f32x4.eq(first, first));
      const takesSecond = v128.or(f32x4.gt(second, first), onlySecondIsNan);
      v128.store(y, v128.bitselect(second, first, takesSecond));
      v128.store(winners, v128.and(takesSecond, i32x4.splat(1)));
    }
  }
  for (; u < units; u++, x += pieces << 2, y += 4, winners += 4) {
    let winner: usize = 0;
    let best = load<f32>(x);
    for (let p: usize = 1; p < pieces; p++) {
      const candidate = load<f32>(x + (p << 2));
      if (wins(candidate, best)) {
        best = candidate;
        winner = p;
      }
    }
    store<f32>(y, best);
    store<i32>(winners, <i32>winner);
  }
}

/** dx[u pieces + p] = upstream[u] for the winner p, 0 for the others. */
export function maxoutBackward(upstream: usize, winners: usize, dx: usize, units: usize, pieces: usize): void {
  let u: usize = 0;
  if (pieces == 2) {
    for (; u + 4 <= units; u += 4, upstream += 16, winners += 16, dx += 32) {
      const slope = v128.load(upstream);
      const second = i32x4.eq(v128.load(winners), i32x4.splat(1));
      const toSecond = v128.and(slope, second);
      const toFirst = v128.andnot(slope, second);
      v128.store(dx, v128.shuffle<f32>(toFirst, toSecond, 0, 4, 1, 5));
      v128.store(dx, v128.shuffle<f32>(toFirst, toSecond, 2, 6, 3, 7), 16);
    }
  }
  for (; u < units; u++, upstream += 4, winners += 4, dx += pieces << 2) {
    memory.fill(dx, 0, pieces << 2);
    store<f32>(dx + (load<u32>(winners) << 2), load<f32>(upstream));
  }
}
