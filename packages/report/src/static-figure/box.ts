/** A rectangle along the axes. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `x' = a x + c y + e`, `y' = b x + d y + f`, as in SVG's `matrix(a b c d e f)`. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Affine = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** The affine map of an SVG `transform` attribute. What is none of `translate`, `rotate`, `scale` and `matrix` is left out. */
export function parseTransform(text: string | null): Affine {
  let result = identity;
  for (const [, name, inside = ''] of (text ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    result = compose(result, step(name ?? '', numbersIn(inside)));
  }
  return result;
}

function step(name: string, values: readonly number[]): Affine {
  const [x = 0, y] = values;
  switch (name) {
    case 'translate':
      return [1, 0, 0, 1, x, y ?? 0];
    case 'scale':
      return [x, 0, 0, y ?? x, 0, 0];
    case 'rotate': {
      const [, cx = 0, cy = 0] = values;
      const angle = (x * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return compose([1, 0, 0, 1, cx, cy], compose([cos, sin, -sin, cos, 0, 0], [1, 0, 0, 1, -cx, -cy]));
    }
    case 'matrix': {
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = values;
      return [a, b, c, d, e, f];
    }
    default:
      return identity;
  }
}

/** All numbers in a text, such as `1,2-3e4`. */
export function numbersIn(text: string): readonly number[] {
  return (text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

/** The smallest box around what a map makes of a box. */
export function mapBox([a, b, c, d, e, f]: Affine, { left, top, right, bottom }: Box): Box {
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ] as const;
  return around(corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f] as const));
}

/** The smallest box around points; undefined where there are none. */
export function around(points: readonly (readonly [x: number, y: number])[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

/** The smallest box around all that are there. */
export function union(boxes: readonly (Box | undefined)[]): Box | undefined {
  const found = boxes.filter((box) => box !== undefined);
  if (found.length === 0) return undefined;
  return around(found.flatMap(({ left, top, right, bottom }) => [[left, top] as const, [right, bottom] as const]));
}
