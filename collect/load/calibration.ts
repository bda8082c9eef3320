import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '../../src/common/bundled/zod.js';
import { UserError } from '../../src/common/errors.js';
import { DEFAULT_RELEASE } from '../../src/vocabulary/releases.js';
import { CAPTURE } from '../capture/format.js';
import type { Configuration, PlannedRun } from '../plan.js';
import { type ClientSettings, shareOfCapacity } from './settings.js';

/** Long enough for a rate within a few per cent, short beside a block. */
const DURATION_S = 10;

/** A closed loop for each kind of load whose rate is a share of what the cluster can do, without a fault. */
export function calibrationsOf(
  configurations: readonly Configuration[],
): { name: string; configuration: Configuration }[] {
  const found = new Map<string, Configuration>();
  for (const configuration of configurations) {
    const { client } = configuration;
    if (!client || shareOfCapacity(client) === null) continue;
    found.set(loadOf(configuration), {
      ...configuration,
      scenario: 'calibration',
      durationS: DURATION_S,
      faults: [],
      client: { ...client, arrivals: 'closed' },
      calibrates: true,
    });
  }
  return [...found.values()].map((configuration, i) => ({
    name: [
      'calibration',
      configuration.workload,
      ...(i > 0 ? [String(i + 1)] : []),
      ...(configuration.release === DEFAULT_RELEASE ? [] : [configuration.release]),
    ].join('-'),
    configuration,
  }));
}

/** What a capacity depends on: time-outs do not matter where nothing is disturbed. */
function loadOf({
  release,
  workload,
  workers,
  client,
  nodeSettings: { count, voters, volume_MB } = {},
}: Pick<PlannedRun, 'release' | 'workload' | 'workers' | 'client' | 'nodeSettings'>) {
  const { mix, keys, zipf, value_bytes, policy, release: ofClient = release } = client!;
  return JSON.stringify([
    release,
    ofClient,
    workload,
    workers,
    mix,
    keys,
    zipf,
    value_bytes,
    policy,
    ...[count, voters, volume_MB],
  ]);
}

const summary = z.object({
  started_ns: z.number(),
  ended_ns: z.number(),
  totals: z.object({ ok: z.number() }),
});

/**
 * Operations a second that the calibration of a run's block measured; null where the run's rate is none of its shares.
 * @param runs those of the campaign
 * @throws UserError where that calibration failed
 */
export async function capacityFor(
  planned: PlannedRun,
  runs: readonly PlannedRun[],
  captures: string,
): Promise<number | null> {
  if (!planned.client || shareOfCapacity(planned.client) === null) return null;
  const calibration = runs.find(
    (run) => run.calibrates && run.block === planned.block && loadOf(run) === loadOf(planned),
  )!;
  const path = join(captures, calibration.run_id, CAPTURE.results, 'client.json');
  const parsed = existsSync(path) ? summary.safeParse(JSON.parse(await readFile(path, 'utf8'))) : undefined;
  if (!parsed?.success || parsed.data.totals.ok === 0) {
    throw new UserError(
      `${planned.run_id} needs the capacity that ${calibration.run_id} was to measure, which failed: ${path} does not tell it; remove that capture and continue with --resume`,
    );
  }
  const { started_ns, ended_ns, totals } = parsed.data;
  return totals.ok / ((ended_ns - started_ns) / 1e9);
}

/** What is recorded of a run's load. */
export function loadColumns(
  settings: ClientSettings | null | undefined,
  ratePerS: number | null,
  capacity: number | null,
) {
  return {
    arrivals: settings?.arrivals ?? null,
    offered_per_s: ratePerS,
    capacity_per_s: capacity,
    client_settings: settings ? JSON.stringify(settings) : null,
  } as const;
}
