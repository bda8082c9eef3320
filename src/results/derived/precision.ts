import { NO_FAULT } from '../../vocabulary/faults.js';
import type { Ratio } from '../core/interval.js';
import { orNone, type Queryable } from '../core/query.js';
import { clientImpacts } from './client-impact.js';
import { allConfigurations, baselineOf, ratioToBaseline } from './configurations.js';

/**
 * How far the interval of each ratio to the runs without a fault reaches from it, in ratios: of the reads of 2022's benchmark,
 * and of what succeeded for the client while the fault lasted. Null where there is no interval yet; where nothing
 * succeeded in any trial, there is none to come, and it reaches nowhere.
 */
export async function reaches(data: Queryable, level: number): Promise<(number | null)[]> {
  const all = await orNone(allConfigurations(data));
  const ofBenchmark = all
    .filter(({ fault }) => fault !== NO_FAULT)
    .flatMap((one) => {
      const base = baselineOf(one, all);
      return base ? [ratioToBaseline(one, base, 'reads_per_s', all, level)] : [];
    });
  const ofClient = (await orNone(clientImpacts(data, level))).map(({ served }) => served);
  return [...ofBenchmark, ...ofClient].map(reachOf);
}

function reachOf({ value, low, high }: Ratio): number | null {
  if (low === null || high === null) return value === 0 ? 0 : null;
  return Math.max(value - low, high - value);
}
