import type { NetworkShell, Node } from '../../runtimes/parts/runtime.js';

export interface Pings {
  readonly count: number;
  readonly everyMs: number;
  /** How long the last answer is waited for. */
  readonly waitMs: number;
}

/**
 * How long it takes from the shell's network to a node and back, in ms: one number for each answer that came in time.
 * The time is taken where the answer is read: the kernel stamps a packet before it goes through a queue on its way in, so
 * that by those stamps (ping without -U) nothing would be late.
 */
export async function roundTripsMs(
  shell: NetworkShell,
  to: Node,
  { count, everyMs, waitMs }: Pings,
): Promise<number[]> {
  const often = `-c ${count} -i ${everyMs / 1000} -W ${waitMs / 1000}`;
  const printed = await shell.run(`ping -U -n ${often} ${to.address.host} || true`);
  return [...printed.matchAll(/time=([\d.]+) ms/g)].map(([, ms]) => Number(ms));
}
