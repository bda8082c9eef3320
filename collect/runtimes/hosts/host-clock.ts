/** How another host's clock was seen to stand beside the one here. */
export interface Offset {
  /** Of the clock here. */
  readonly atNs: bigint;
  /** That host's clock less the one here. */
  readonly offsetNs: bigint;
  /** The offset is known to within this, to either side. */
  readonly errorNs: bigint;
}

/** Unix time here in ns, to the microsecond. */
export function exactNs(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
}

/**
 * Asks a host for its time, `times` times. It was read between the question and the answer, so that half of the way there and
 * back bounds the error; the fastest answer is believed.
 */
export async function measureOffset(
  ask: () => Promise<bigint>,
  hereNs: () => bigint,
  times = 8,
): Promise<Offset> {
  let best: Offset | undefined;
  for (let i = 0; i < times; i++) {
    const asked = hereNs();
    const there = await ask();
    const answered = hereNs();
    const errorNs = (answered - asked + 1n) / 2n;
    const atNs = asked + (answered - asked) / 2n;
    if (!best || errorNs < best.errorNs) best = { atNs, offsetNs: there - atNs, errorNs };
  }
  return best!;
}

const SECOND_NS = 1_000_000_000n;
/** A clock that is being set is slewed by half a millisecond a second at most (adjtime). */
const SLEW = 2000n;

/** How well an offset is known some time after it was measured. */
function later({ atNs, errorNs }: Offset, nowNs: bigint): bigint {
  return errorNs + (nowNs - atNs) / SLEW;
}

/** Another host's clock over a run: offsets that were measured, in their order, and straight lines between them. */
export class HostClock {
  readonly offsets: Offset[] = [];

  /**
   * Takes notice of an instant of that host's clock between two here: of each second, what tells most is kept, unless what was
   * known before tells more still. Times that the host has stamped until then can be told in the time here.
   */
  saw(askedNs: bigint, thereNs: bigint, answeredNs: bigint): void {
    const errorNs = (answeredNs - askedNs + 1n) / 2n;
    const atNs = askedNs + (answeredNs - askedNs) / 2n;
    const last = this.offsets.at(-1);
    const isNew = !last || atNs - last.atNs >= SECOND_NS;
    if (last && later(last, atNs) <= errorNs) return;
    if (!isNew) this.offsets.pop();
    this.offsets.push({ atNs, offsetNs: thereNs - atNs, errorNs });
  }

  /** An instant of that host's clock in the time here. */
  toHere(thereNs: bigint): bigint {
    return thereNs - this.offsetAt(thereNs, (one) => one.atNs + one.offsetNs);
  }

  /** An instant of the clock here in that host's time. */
  fromHere(hereNs: bigint): bigint {
    return hereNs + this.offsetAt(hereNs, (one) => one.atNs);
  }

  /** The most that a measured offset may be wrong by. */
  errorNs(): bigint {
    const errors = this.offsets.map((one, i) => later(one, this.offsets[i + 1]?.atNs ?? one.atNs));
    return errors.reduce((most, one) => (one > most ? one : most), 0n);
  }

  private offsetAt(timeNs: bigint, placeOf: (one: Offset) => bigint): bigint {
    const next = this.offsets.findIndex((one) => placeOf(one) >= timeNs);
    const after = this.offsets[next < 0 ? this.offsets.length - 1 : next];
    const before = this.offsets[next - 1];
    if (!after) return 0n;
    if (next <= 0 || !before) return after.offsetNs;
    const span = placeOf(after) - placeOf(before);
    if (span === 0n) return after.offsetNs;
    return before.offsetNs + ((after.offsetNs - before.offsetNs) * (timeNs - placeOf(before))) / span;
  }
}
