/** Three significant digits, whole numbers from a thousand on. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 999.5 ? value.toFixed(0) : value.toPrecision(3);
}

/** Seconds in the unit in which they are easy to read. */
export function duration(seconds: number): string {
  if (seconds >= 1) return `${threeDigits(seconds)} s`;
  return seconds >= 1e-3 ? `${threeDigits(seconds * 1e3)} ms` : `${threeDigits(seconds * 1e6)} µs`;
}

/** `3 min 20 s`, for what is left. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
