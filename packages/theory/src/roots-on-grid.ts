import { bracketedRoot } from './bracketed-root.ts';

/** A value of f on the grid. */
export interface Sample {
  readonly u: number;
  readonly f: number;
  /** Whether f is farther from 0 than its rounding error: only then does its sign mean something. */
  readonly resolved: boolean;
}

/** A root of f, and whether f grows through it. */
export interface Root {
  readonly u: number;
  readonly rising: boolean;
}

/**
 * All roots of a smooth f that the grid can tell: one between any two neighbours of opposite sign, and two where f comes close to
 * 0 between neighbours of the same sign and turns out to cross it. Samples that are not resolved are passed over.
 *
 * @param samples - with ascending u.
 */
export function rootsOnGrid(samples: readonly Sample[], f: (u: number) => number): readonly Root[] {
  const points = withCrossings(
    samples.filter(({ resolved }) => resolved),
    f,
  );
  const roots: Root[] = [];
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (from.f > 0 === to.f > 0) continue;
    roots.push({ u: bracketedRoot(f, from.u, to.u, from.f, to.f), rising: to.f > 0 });
  }
  return roots;
}

/** The samples, and between them a point of the other sign wherever f dips through 0 and back. */
function withCrossings(samples: readonly Sample[], f: (u: number) => number): readonly Sample[] {
  const points: Sample[] = [...samples.slice(0, 1)];
  for (let i = 1; i < samples.length - 1; i++) {
    const [before, here, after] = [samples[i - 1], samples[i], samples[i + 1]];
    const dip = dipBeyondZero(before, here, after, f);
    if (dip !== null && dip.u < here.u) points.push(dip);
    points.push(here);
    if (dip !== null && dip.u > here.u) points.push(dip);
  }
  points.push(...samples.slice(1).slice(-1));
  return points;
}

const goldenShare = (3 - Math.sqrt(5)) / 2;

/** A point between `before` and `after` where f has another sign than at all three, if |f| has a minimum at `here` that leads there. */
function dipBeyondZero(before: Sample, here: Sample, after: Sample, f: (u: number) => number): Sample | null {
  const sign = Math.sign(here.f);
  if (Math.sign(before.f) !== sign || Math.sign(after.f) !== sign) return null;
  const height = (point: Sample): number => sign * point.f;
  if (height(here) > height(before) || height(here) > height(after)) return null;
  if (vertexOfParabola(before, here, after, height) > 0.5 * height(here)) return null;

  // Golden section: the lowest point known is `low`, between `left` and `right`.
  let [left, low, right] = [before, here, after];
  while (right.u - left.u > 1e-7) {
    const toTheRight = right.u - low.u > low.u - left.u;
    const u = low.u + goldenShare * (toTheRight ? right.u - low.u : left.u - low.u);
    const point: Sample = { u, f: f(u), resolved: true };
    if (height(point) < 0) return point;
    if (height(point) < height(low)) {
      [left, right] = toTheRight ? [low, right] : [left, low];
      low = point;
    } else {
      [left, right] = toTheRight ? [left, point] : [point, right];
    }
  }
  return null;
}

/** The smallest height of the parabola through three points. */
function vertexOfParabola(before: Sample, here: Sample, after: Sample, height: (point: Sample) => number): number {
  const left = (height(here) - height(before)) / (here.u - before.u);
  const right = (height(after) - height(here)) / (after.u - here.u);
  const curvature = (right - left) / (after.u - before.u);
  if (!(curvature > 0)) return height(here);
  const slope = left + curvature * (here.u - before.u);
  return height(here) - (slope * slope) / (4 * curvature);
}
