import type { Evidence } from '../../results/runs/evidence.js';
import { EVIDENCE_METRICS } from '../../vocabulary/evidence.js';
import { bytes, number } from './words.js';

/** A measurement in words: `raft1: bytes a second that the node wrote: 120 kB/s, 1 MB/s before (at most 500 kB/s confirms it)`. */
export function evidenceWords({ metric, node, before, during, threshold, unit }: Evidence): string {
  const { about, confirms } = EVIDENCE_METRICS[metric];
  const value = (given: number) => inUnit(given, unit);
  const earlier = before === null ? '' : `, ${value(before)} before`;
  return `${node}: ${about}: ${value(during)}${earlier} (${confirms} ${value(threshold)} confirms it)`;
}

function inUnit(value: number, unit: string): string {
  if (unit === 'share') return `${number(100 * value)} %`;
  if (unit === 'bytes_per_s') return `${bytes(value)}/s`;
  return unit === 'code' ? String(value) : `${number(value)} ${unit}`;
}
