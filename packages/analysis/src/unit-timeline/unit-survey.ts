import type { NetworkCopy } from './network-copy.ts';

/** What is remembered of the units of a layer. */
interface Surveyed {
  /** On how many samples the output was not 0. */
  readonly times: Int32Array;
  /** The sample with the largest output; without any output, the one with the pre-activation nearest to 0, where most kinks are. */
  readonly sample: Int32Array;
  /** Size of that output, or minus the size of that pre-activation. */
  readonly size: Float64Array;
}

/** Looks, in a check, for the samples on which a change of a unit would show first. */
export class UnitSurvey {
  readonly #layers: readonly Surveyed[];

  constructor({ scans }: NetworkCopy) {
    this.#layers = scans.map(({ layer: { outputs } }) => ({
      times: new Int32Array(outputs),
      sample: new Int32Array(outputs),
      size: new Float64Array(outputs),
    }));
  }

  restart(): void {
    for (const { times, size } of this.#layers) {
      times.fill(0);
      size.fill(-Infinity);
    }
  }

  /** Takes in samples from number `start` on, whose values stand in the network. */
  see({ network, scans }: NetworkCopy, start: number): void {
    scans.forEach(({ layer: { name }, hasZeroRegion }, i) => {
      if (hasZeroRegion) survey(this.#layers[i], network.output(name), network.preActivation(name), start);
    });
  }

  /** At most `most` different samples: those of units that speak on few samples first, and a quarter for units that are silent. */
  candidates({ scans }: NetworkCopy, most: number): readonly number[] {
    const living: (readonly [times: number, sample: number])[] = [];
    const silent: number[] = [];
    this.#layers.forEach(({ times, sample }, i) => {
      for (let unit = 0; unit < times.length; unit++) {
        if (!scans[i].canBeSilent(unit)) continue;
        if (times[unit] > 0) living.push([times[unit], sample[unit]]);
        else silent.push(sample[unit]);
      }
    });
    const rarestFirst = living.sort(([a], [b]) => a - b).map(([, sample]) => sample);
    const chosen = new Set<number>();
    const take = (samples: readonly number[], limit: number): void => {
      for (const sample of samples) if (chosen.size < limit) chosen.add(sample);
    };
    take(rarestFirst, Math.ceil((3 * most) / 4));
    take(silent, most);
    take(rarestFirst, most);
    return [...chosen];
  }
}

function survey(
  { times, sample, size }: Surveyed,
  outputs: ArrayLike<number>,
  preActivations: ArrayLike<number>,
  start: number,
): void {
  const units = times.length;
  for (let at = 0, row = start; at < outputs.length; row++) {
    for (let unit = 0; unit < units; unit++, at++) {
      const output = outputs[at];
      if (output !== 0) times[unit]++;
      else if (times[unit] > 0) continue;
      // Any output outdoes all silence.
      const present = output === 0 ? -Math.abs(preActivations[at]) : Math.abs(output);
      if (present <= size[unit]) continue;
      size[unit] = present;
      sample[unit] = row;
    }
  }
}
