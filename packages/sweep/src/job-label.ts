type Condition = Readonly<Record<string, unknown>>;

/** Names jobs by what tells them apart: the parameters that differ between conditions, and the seed, as in `rate 0.5, seed 3`. */
export function jobLabel(conditions: readonly Condition[]): (condition: Condition, seed: number) => string {
  const keys = new Set(conditions.flatMap((condition) => Object.keys(condition)));
  const telling = [...keys].filter(
    (key) => new Set(conditions.map((condition) => JSON.stringify(condition[key]))).size > 1,
  );
  return (condition, seed) => {
    const parts = telling.filter((key) => key in condition).map((key) => `${key} ${valueText(condition[key])}`);
    return [...parts, `seed ${seed}`].join(', ');
  };
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
