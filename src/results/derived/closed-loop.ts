import { groupBy } from '../../common/group.js';
import { NO_FAULT } from '../../vocabulary/faults.js';
import { MissingData, type Queryable } from '../core/query.js';
import { RESPONSE_SHARES } from '../response-times.js';
import { type ClientLatency, clientLatency } from './client-latency.js';
import { lengthOf } from './client-runs.js';

/** The same fault, met by a client that waits for its answers, and by one that does not. */
export interface LoopPair {
  open: ClientLatency[];
  closed: ClientLatency[];
}

/**
 * How long operations took that were under way during a fault, by every share that is kept, of each fault that both an open and
 * a closed loop met.
 * @throws MissingData where there is none
 */
export async function loopPairs(data: Queryable): Promise<LoopPair[]> {
  const all = (await clientLatency(data, RESPONSE_SHARES)).filter(
    ({ fault, since }) => fault !== NO_FAULT && since === 'due',
  );
  const faults = groupBy(all, (one) =>
    [one.fault, one.target_role, one.severity, lengthOf(one), one.workload, one.debian_release].join('\n'),
  );
  const pairs = [...faults.values()].flatMap((rows): LoopPair[] => {
    const closed = rows.filter(({ arrivals }) => arrivals === 'closed');
    // an open loop with other settings would differ in more than the loop
    const settings = new Set(closed.map((one) => settingsOf(one)));
    const open = rows.filter((one) => one.arrivals === 'open' && settings.has(settingsOf(one)));
    return open.length > 0 && closed.length > 0 ? [{ open, closed }] : [];
  });
  if (pairs.length === 0)
    throw new MissingData(
      'no usable runs with the client in which an open and a closed loop met the same fault',
    );
  return pairs;
}

function settingsOf({ client_settings, workers }: ClientLatency): string {
  const { arrivals: _, rate: __, spacing: ___, ...rest } = JSON.parse(client_settings);
  return JSON.stringify([workers, rest]);
}
