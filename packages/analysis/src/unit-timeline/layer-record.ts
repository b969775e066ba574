import type { ExpectedDead } from '../expected-dead.ts';
import type { UnitScan } from '../unit-scan.ts';
import type { DeathCause, LayerTimeline, UnitDeath, UnitRevival } from './timeline.ts';

/** What is kept of one activation layer while the timeline grows: two bit sets a check, and the changes. */
export class LayerRecord {
  readonly #name: string;
  readonly #units: number;
  readonly #predicted: ExpectedDead | null;
  readonly #dead: Uint8Array[] = [];
  readonly #alwaysOn: Uint8Array[] = [];
  readonly #deaths: UnitDeath[] = [];
  readonly #revivals: UnitRevival[] = [];
  readonly #counts = { dead: [] as number[], alwaysOn: [] as number[], died: [] as number[], revived: [] as number[] };
  #hasZeroRegion: boolean;

  constructor(scan: UnitScan, predicted: ExpectedDead | null) {
    this.#name = scan.layer.name;
    this.#units = scan.layer.outputs;
    this.#predicted = predicted;
    this.#hasZeroRegion = scan.hasZeroRegion;
  }

  /** How many deaths there were, and how many of them have a known update. */
  get known(): { readonly deaths: number; readonly exact: number } {
    return { deaths: this.#deaths.length, exact: this.#deaths.filter(({ cause }) => cause.batch !== null).length };
  }

  /** Whether a unit was dead at the last check. */
  isDead(unit: number): boolean {
    const last = this.#dead[this.#dead.length - 1];
    return last !== undefined && has(last, unit);
  }

  /** Keeps what a scan has found at a check; returns the units that have died since the check before. */
  keep(scan: UnitScan, after: number, step: number): readonly number[] {
    const before = this.#dead[this.#dead.length - 1];
    const [dead, alwaysOn] = [new Uint8Array(bytesFor(this.#units)), new Uint8Array(bytesFor(this.#units))];
    const died: number[] = [];
    let revived = 0;
    for (let unit = 0; unit < this.#units; unit++) {
      const isDead = scan.isDead(unit);
      if (isDead) set(dead, unit);
      if (scan.isAlwaysOn(unit)) set(alwaysOn, unit);
      if (before === undefined || isDead === has(before, unit)) continue;
      if (isDead) died.push(unit);
      else {
        this.#revivals.push({ unit, after, step });
        revived++;
      }
    }
    this.#hasZeroRegion ||= scan.hasZeroRegion;
    this.#dead.push(dead);
    this.#alwaysOn.push(alwaysOn);
    this.#counts.dead.push(count(dead));
    this.#counts.alwaysOn.push(count(alwaysOn));
    this.#counts.died.push(died.length);
    this.#counts.revived.push(revived);
    return died;
  }

  explain(units: readonly number[], causes: readonly DeathCause[], after: number, step: number): void {
    units.forEach((unit, i) => this.#deaths.push({ unit, after, step, cause: causes[i] }));
  }

  timeline(): LayerTimeline {
    const [name, units] = [this.#name, this.#units];
    const all = Array.from({ length: units }, (_, unit) => unit);
    const first = this.#dead[0] ?? new Uint8Array(bytesFor(units));
    const last = this.#dead[this.#dead.length - 1] ?? first;
    return {
      name,
      units,
      hasZeroRegion: this.#hasZeroRegion,
      bytesPerCheck: bytesFor(units),
      dead: joined(this.#dead),
      alwaysOn: joined(this.#alwaysOn),
      counts: {
        dead: [...this.#counts.dead],
        alwaysOn: [...this.#counts.alwaysOn],
        died: [...this.#counts.died],
        revived: [...this.#counts.revived],
      },
      bornDead: all.filter((unit) => has(first, unit)),
      died: all.filter((unit) => has(last, unit) && !has(first, unit)),
      revived: all.filter((unit) => has(first, unit) && !has(last, unit)),
      deaths: [...this.#deaths],
      revivals: [...this.#revivals],
      predicted: this.#predicted,
    };
  }
}

function bytesFor(units: number): number {
  return Math.ceil(units / 8);
}

function set(bits: Uint8Array, unit: number): void {
  bits[unit >> 3] |= 1 << (unit & 7);
}

function has(bits: Uint8Array, unit: number): boolean {
  return (bits[unit >> 3] & (1 << (unit & 7))) !== 0;
}

function count(bits: Uint8Array): number {
  let sum = 0;
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) sum++;
  return sum;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
