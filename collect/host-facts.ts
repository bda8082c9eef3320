import { readFileSync } from 'node:fs';
import { cpus, hostname, release, totalmem } from 'node:os';
import type { Row } from '../src/dataset/schema.js';
import { cgroupVersion } from './observe/cgroup.js';

/** The machine that a campaign runs on. */
export function hostFacts() {
  const swapKb = /^SwapTotal:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
  return {
    host: hostname(),
    cgroup_version: cgroupVersion,
    kernel: release(),
    host_cpus: cpus().length,
    host_cpu_model: cpus()[0]?.model.trim() ?? null,
    host_memory_bytes: totalmem(),
    host_swap_bytes: swapKb === undefined ? null : Number(swapKb) * 1024,
  } satisfies Partial<Row<'runs'>>;
}
