import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type Campaign, runCampaign } from '../../collect/campaign.js';
import { CAPTURE, type CapturedRun, type Manifest } from '../../collect/capture/format.js';
import { MECHANICS } from '../../collect/faults/index.js';
import { planCampaign } from '../../collect/plan.js';
import { RUNTIME_KINDS } from '../../collect/runtimes/index.js';
import { parseScenario } from '../../collect/scenario.js';
import type { EventName } from '../vocabulary/events.js';
import { type EvidenceMetric, isEvidence } from '../vocabulary/evidence.js';
import type { FaultKind } from '../vocabulary/faults.js';
import type { Target } from '../vocabulary/targets.js';

const quiet = { begin() {}, start() {}, done() {}, skip() {}, note() {}, end() {} };

/** What one run left: its row of `runs`, and the rows of its other tables as they were written. */
export interface Trial {
  run: CapturedRun;
  events: Record<string, string>[];
  evidence: Record<string, string>[];
  samples: Record<string, string>[];
}

/**
 * How often a run is made again that does not show its fault from end to end: a busy machine may leave a fault nothing to do, or a
 * node no time to come back before the workload ends.
 */
const ATTEMPTS = 3;

/** A trial on a real cluster whose fault was confirmed, and whose target came back; where three in a row were not, the test fails. */
export async function trial(...asked: Parameters<typeof tryOnce>): Promise<Trial> {
  for (let attempt = 1; ; attempt++) {
    const result = await tryOnce(...asked);
    const seen = result.events.map((row) => row['event']);
    if (result.run.fault_confirmed && ENDS.some((event) => seen.includes(event))) return result;
    const measured = JSON.stringify(result.evidence);
    assert.ok(
      attempt < ATTEMPTS,
      `no run of ${ATTEMPTS} shows the fault and its end; of the last, measured was ${measured} and events were ${seen}`,
    );
  }
}

const BY_CLIENT = { workload: 'registers', client: { rate: 60 } };
const BY_BENCHMARK = { workload: 'kvreadwrite', driver: 'follower' };

/** Where trials are made: a runtime of this machine, or the hosts that a file names. */
type Where = keyof typeof RUNTIME_KINDS | { hosts: string };

/** For how long the workload goes on after the lift, in s: a node that starts then needs some seconds beside a busy core. */
const AFTER_LIFT_S = { sameNode: 3, startsNode: 9 };

/** Makes one, and reads what it left. */
async function tryOnce(
  where: Where,
  kind: FaultKind,
  target: Target,
  severity?: number,
  liftAtS = 5,
  injectAtS = 2,
): Promise<Trial> {
  const [runtimeName, hosts] = typeof where === 'string' ? [where] : (['hosts', where.hosts] as const);
  const name = `${kind}-${target}`;
  const afterS = AFTER_LIFT_S[MECHANICS[kind].liftStartsNode ? 'startsNode' : 'sameNode'];
  const scenario = parseScenario(
    JSON.stringify({
      title: name,
      question: 'Does it take effect, and does it end?',
      ...(MECHANICS[kind].clientNodes ? BY_CLIENT : BY_BENCHMARK),
      workers: 4,
      ...(target === 'newcomer' && { nodes: { count: 4, voters: 5, newcomers: 1 } }),
      fault: { kind, target, severity, inject_at: injectAtS, lift_at: liftAtS },
    }),
    `${name}.yml`,
  );
  const releases = RUNTIME_KINDS[runtimeName].releases(undefined);
  const runs = planCampaign({
    scenarios: [scenario],
    releases,
    trials: 1,
    durationS: liftAtS + afterS,
    seed: 1,
  });
  const campaign: Campaign = { name: trialCampaign, seed: 1, created_at: '', runtime: runtimeName, runs };
  const runtime = RUNTIME_KINDS[runtimeName].open(trialCampaign, () => {}, hosts);
  const signal = new AbortController().signal;
  const folder = await mkdtemp(join(tmpdir(), 'trial-'));
  try {
    await runCampaign(campaign, folder, { runtime, retries: 2, progress: quiet, signal });
    const capture = join(folder, 'captures', runs[0]!.run_id);
    const { run }: Manifest = JSON.parse(await readFile(join(capture, CAPTURE.manifest), 'utf8'));
    const table = async (file: string) => parse(await readFile(join(capture, file)), { columns: true });
    assert.equal(run.status, 'complete', run.status_reason ?? '');
    return {
      run,
      events: (await table(CAPTURE.events)) as Record<string, string>[],
      evidence: (await table(CAPTURE.evidence)) as Record<string, string>[],
      samples: (await table(CAPTURE.samples)) as Record<string, string>[],
    };
  } finally {
    await runtime.close?.();
    await rm(folder, { recursive: true });
  }
}

/** The campaign that this process's trials belong to. */
export const trialCampaign = `test-faults-${process.pid}`;

/** When something happened; of what happened several times, the last. */
export function timeOf({ events }: Trial, event: EventName): bigint {
  const found = events.findLast((row) => row['event'] === event);
  assert.ok(found, `expected ${event} among ${events.map((row) => row['event']).join(', ')}`);
  return BigInt(found['time_ns']!);
}

/** What follows in a run whose fault was lifted, and in one whose fault has killed its node. */
const LIFTED = ['fault_injected', 'fault_confirmed', 'fault_lifted', 'recovered'] as const;
const KILLED = ['fault_injected', 'fault_confirmed', 'node_started'] as const;
const ENDS = [LIFTED, KILLED].map((steps) => steps.at(-1)!);

/** The fault was confirmed while it was in force, and was seen to have ended after it was lifted. */
export function assertConfirmedAndEnded(result: Trial, ...owed: readonly EvidenceMetric[]): void {
  const shown = result.evidence.find((row) => {
    const metric = row['metric'] as EvidenceMetric;
    const [during, threshold] = [Number(row['during']), Number(row['threshold'])];
    return owed.includes(metric) && isEvidence({ metric, during, threshold });
  });
  assert.ok(shown, `expected ${owed.join(' or ')} among ${JSON.stringify(result.evidence)}`);
  const steps = shown['metric'] === 'memory_kills' ? KILLED : LIFTED;
  const order = steps.map((event) => timeOf(result, event));
  assert.deepEqual(
    order,
    order.toSorted((a, b) => (a < b ? -1 : 1)),
  );
}

/** What a counter of the target grew by between two events. */
export function growth(result: Trial, column: string, from: EventName, to: EventName): number {
  const [start, end] = [timeOf(result, from), timeOf(result, to)];
  const values = result.samples
    .filter((row) => row['node'] === result.run.target_node)
    .filter((row) => BigInt(row['time_ns']!) >= start && BigInt(row['time_ns']!) <= end)
    .map((row) => Number(row[column]));
  assert.ok(values.length > 3, 'expected samples between the events');
  return values.at(-1)! - values[0]!;
}
