import { readFileSync } from 'node:fs';

const TICK_NS = 10_000_000;

/** CPU time of the whole host since it started, in ns: what was used, taken by other guests included, and what there was. */
export function hostCpu(stat = readFileSync('/proc/stat', 'utf8')): { usedNs: number; totalNs: number } {
  const line = stat.split('\n', 1)[0]!;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const used = user + nice + system + irq + softirq + steal;
  return { usedNs: used * TICK_NS, totalNs: (used + idle + iowait) * TICK_NS };
}

/** CPU time of this process, in ns. */
export function ownCpuNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

/**
 * Share of the host's CPU time between two readings that `experimentNs` does not explain; null of no time. It keeps its sign:
 * clocks of different grain may explain a little too much, and cut at 0 the mean of many runs would be wrong.
 */
export function otherFraction(
  before: ReturnType<typeof hostCpu>,
  after: ReturnType<typeof hostCpu>,
  experimentNs: number,
): number | null {
  const totalNs = after.totalNs - before.totalNs;
  if (totalNs <= 0) return null;
  return (after.usedNs - before.usedNs - experimentNs) / totalNs;
}
