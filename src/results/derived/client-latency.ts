import { type Estimate, geometricEstimate } from '../core/interval.js';
import { among, listed, type Queryable } from '../core/query.js';
import { type ClientGroup, clientGroups } from './client-runs.js';
import { inOneSitting } from './sittings.js';

/** A percentile of how long operations of a kind took, in one part of the runs of a question, over its trials. */
export interface ClientLatency extends ClientGroup {
  part: 'before' | 'during' | 'after';
  kind: 'read' | 'write';
  since: 'due' | 'sent';
  share: number;
  /** Geometric mean over trials, in ms. */
  time_ms: Estimate;
  /** How many succeeded, in all trials. */
  operations: number;
  /** Each trial's, in ms. */
  each_ms: number[];
}

/** Percentiles of the client's reads and writes, in one sitting: during the fault where there was one, else of the whole run. */
export async function clientLatency(data: Queryable, shares: readonly number[]): Promise<ClientLatency[]> {
  const groups = inOneSitting(await clientGroups(data));
  const rows = await data.query<{
    run_id: string;
    part: ClientLatency['part'];
    kind: ClientLatency['kind'];
    since: ClientLatency['since'];
    share: number;
    time_ns: number;
    n: number;
  }>(
    `SELECT run_id, part, kind, since, share, time_ns::DOUBLE AS time_ns, n::DOUBLE AS n
     FROM response_times WHERE ${among('run_id', 'runs')}`,
    { runs: listed(groups.flatMap(({ trials }) => trials.map(({ run_id }) => run_id))) },
  );
  return groups.flatMap((group) => {
    const ids = new Set(group.trials.map(({ run_id }) => run_id));
    const part = group.fault === 'none' ? 'before' : 'during';
    const mine = rows.filter((row) => ids.has(row.run_id) && row.part === part);
    return (['read', 'write'] as const).flatMap((kind) =>
      (['due', 'sent'] as const).flatMap((since) =>
        shares.flatMap((share): ClientLatency[] => {
          const own = mine.filter((row) => row.kind === kind && row.since === since && row.share === share);
          const each = own.map(({ time_ns }) => time_ns);
          if (each.length === 0) return [];
          return [
            {
              ...group,
              part,
              kind,
              since,
              share,
              time_ms: geometricEstimate(each.map((ns) => Math.max(ns, 1) / 1e6)),
              operations: own.reduce((sum, { n }) => sum + n, 0),
              each_ms: each.map((ns) => ns / 1e6),
            },
          ];
        }),
      ),
    );
  });
}
