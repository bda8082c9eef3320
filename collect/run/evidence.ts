import { EVIDENCE_METRICS, isEvidence } from '../../src/vocabulary/evidence.js';
import type { Measurement } from '../faults/parts/fault.js';

export const isConfirmed = (measured: Measurement): boolean => isEvidence(measured);

/** `raft1: packets dropped: 12 packets`. */
export function measurementWords({ metric, node, before, during }: Measurement): string {
  const { about, unit } = EVIDENCE_METRICS[metric];
  const number = (value: number) =>
    unit === 'share'
      ? `${Number((100 * value).toPrecision(3))} %`
      : `${Number(value.toPrecision(3))} ${unit}`;
  return `${node}: ${about}: ${number(during)}${before === null ? '' : `, ${number(before)} before`}`;
}
