import { type MadeUpCapture, START_NS } from './made-up-runs.js';

export interface MadeUpLoad {
  durationS?: number;
  perS?: number;
  arrivals?: 'open' | 'closed';
  /** Nothing is answered from the one to the other, in s; who waits then is answered at its end. */
  outage?: { fromS: number; toS: number };
  /** Of the writes that are due first in the outage, how many are never answered. */
  unknown?: number;
  /** Of the operations that are due last, how many are dropped. */
  dropped?: number;
  /** An operation, a multiple of 10, that reads what was just written; the next read what was written before that. */
  stale?: number;
  /** Time that a write takes, in ms; a read takes a fifth of it. */
  writeMs?: number;
  /** How many reads follow the workload, for the verdict alone. */
  finalReads?: number;
  run?: MadeUpCapture['run'];
}

const SLOTS = 8;
const READING_NS = 5_000_000n;

interface Row {
  operation: number;
  due: bigint;
  sent: bigint | null;
  done: bigint | null;
  outcome: 'ok' | 'unknown' | 'dropped';
}

/** A capture of a client whose truth is known: reads and writes in turn, evenly spaced, by the client's own clock. */
export function madeUpClient(load: MadeUpLoad = {}): MadeUpCapture {
  const { durationS = 20, perS = 100, arrivals = 'open', outage, run } = load;
  const rows = rowsOf(load);
  const ns = (s: number) => BigInt(Math.round(s * 1e9));
  const counts = { offered: rows.length, ok: 0, fail: 0, unknown: 0, dropped: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  const events: [at: bigint, event: string, node: string, detail?: string][] = [
    [0n, 'workload_started', 'client'],
    ...(outage
      ? ([
          [ns(outage.fromS), 'fault_injected', 'raft1', run?.fault ?? 'pause'],
          [ns(outage.fromS + 0.5), 'leader_changed', '', 'no leader'],
          [ns(outage.fromS + 2), 'leader_changed', 'raft2'],
          ...(run?.lift_at_s ? ([[ns(run.lift_at_s), 'fault_lifted', 'raft1', 'as planned']] as const) : []),
        ] as [bigint, string, string][])
      : []),
    [ns(durationS), 'workload_ended', 'client'],
  ];
  return {
    run: {
      workload: 'registers',
      driver_node: 'client',
      driver_role: 'client',
      workers: SLOTS,
      duration_s: durationS,
      arrivals,
      offered_per_s: arrivals === 'open' ? perS : null,
      capacity_per_s: arrivals === 'open' ? 2 * perS : null,
      client_settings: JSON.stringify({ arrivals, rate: '50%', policy: 'one-writer' }),
      ...(outage ? { fault_confirmed: true, target_node: 'raft1', inject_at_s: outage.fromS } : {}),
      ...run,
    },
    results: {
      'attempts.csv': attemptsText(rows, load.stale),
      'client.json': clientText(counts, durationS),
    },
    events: `time_ns,event,node,detail\n${events
      .map(([at, event, node, detail = '']) => `${START_NS + at},${event},${node},${detail}\n`)
      .join('')}`,
  };
}

function rowsOf({
  durationS = 20,
  perS = 100,
  arrivals = 'open',
  outage,
  unknown = 0,
  dropped = 0,
  writeMs = 5,
  finalReads = 0,
}: MadeUpLoad): Row[] {
  const rows: Row[] = [];
  const all = durationS * perS;
  let waiting = 0;
  for (let i = 0; i < all; i++) {
    const due = BigInt(Math.round((i * 1e9) / perS));
    const takes = BigInt(Math.round(writeMs * 1e6)) / (isRead(i) ? 5n : 1n);
    const [from, to] = [BigInt((outage?.fromS ?? 0) * 1e9), BigInt((outage?.toS ?? 0) * 1e9)];
    const inOutage = outage !== undefined && due >= from && due < to;
    if (arrivals === 'closed' && inOutage && waiting++ >= SLOTS) continue; // all workers wait
    const row = { operation: i, due, sent: due, done: due + takes, outcome: 'ok' as const };
    if (i >= all - dropped) rows.push({ ...row, sent: null, done: null, outcome: 'dropped' });
    else if (!inOutage) rows.push(row);
    else if (!isRead(i) && i < outage.fromS * perS + 2 * unknown)
      rows.push({ ...row, done: null, outcome: 'unknown' });
    else rows.push({ ...row, sent: arrivals === 'closed' ? due : to, done: to + takes });
  }
  for (let i = 0; i < finalReads; i++) {
    const due = BigInt(durationS + 1) * 1_000_000_000n + BigInt(i) * 1_000_000n;
    rows.push({ operation: all + 2 * i, due, sent: due, done: due + 900_000n, outcome: 'ok' });
  }
  return rows;
}

const isRead = (i: number) => i % 2 === 0;

/** What the reads return that are not of a register without any write. */
function readings(stale: number | undefined): ReadonlyMap<number, { key: number; result: number }> {
  if (stale === undefined) return new Map();
  // operation i of those that end in 1 wrote i + 1 into register 1
  return new Map([
    [stale, { key: 1, result: stale - 8 }],
    [stale + 2, { key: 1, result: stale - 18 }],
    [stale + 4, { key: 1, result: stale + 2 }],
  ]);
}

function attemptsText(rows: readonly Row[], stale: number | undefined): string {
  const seen = readings(stale);
  const reading = (at: bigint | null) => (at === null ? '' : at + READING_NS);
  const lines = rows.map(({ operation, due, sent, done, outcome }) => {
    const dropped = outcome === 'dropped';
    const [op, argument, result] = isRead(operation) ? ['read', '', 'null'] : ['write', operation + 1, ''];
    const returned = seen.get(operation);
    const key = returned?.key ?? operation % 10;
    const what = [operation, dropped ? 0 : 1, operation % SLOTS, op, key, argument];
    const times = [reading(due), reading(sent), reading(done)];
    const why = outcome === 'unknown' ? ['lost', '"read: timeout, after ""10 s"""'] : ['', ''];
    return [
      ...what,
      outcome === 'ok' ? (returned?.result ?? result) : '',
      ...times,
      outcome,
      ...why,
      dropped ? '' : 'a:1',
      1,
    ].join(',');
  });
  const header =
    'operation,attempt,client,op,key,argument,result,intended_ns,sent_ns,done_ns,outcome,reason,error,node,final';
  return `${header}\n${lines.join('\n')}\n#flushed,1,${rows.length},${rows.length}\n`;
}

export function clientText(totals: object, durationS: number): string {
  const started = Number(READING_NS);
  return JSON.stringify({
    format: 1,
    program: 'dqlite-client',
    config: { addresses: ['a:1', 'b:1', 'c:1'] },
    anchor: { reading_ns: started, unix_ns: 0, monotonic_ns: 0, uncertainty_ns: 500 },
    started_ns: started,
    ended_ns: started + durationS * 1e9,
    totals,
  }).replace('"unix_ns":0', `"unix_ns":${START_NS}`);
}
