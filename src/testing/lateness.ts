import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { groupBy } from '../common/group.js';
import { ingest } from '../ingest/ingest.js';

/**
 * How long after its planned instant, from the first operation on, the first fault of each run of a campaign was injected, in
 * ms by run; a run whose fault was not injected has none. The campaign is ingested into the folder `out`.
 */
export async function lateness(campaign: string, out: string): Promise<Map<string, number>> {
  await ingest({ paths: [campaign], out });
  const late = new Map<string, number>();
  for (const [run, events] of await eventsOf(out)) {
    const planned = events.find(({ event, detail }) => event === 'fault_planned' && detail === 'inject');
    const injected = events.find(({ event }) => event === 'fault_injected');
    if (planned && injected)
      late.set(run, Number(BigInt(injected['time_ns']!) - BigInt(planned['time_ns']!)) / 1e6);
  }
  return late;
}

/** From the start of each run's workload until whoever makes it has ended, in s by run; of an ingested campaign. */
export async function workloadSeconds(dataset: string): Promise<Map<string, number>> {
  const lasted = new Map<string, number>();
  for (const [run, events] of await eventsOf(dataset)) {
    const [started, ended] = ['workload_started', 'workload_ended'].map(
      (name) => events.find(({ event }) => event === name)?.['time_ns'],
    );
    if (started && ended) lasted.set(run, Number(BigInt(ended) - BigInt(started)) / 1e9);
  }
  return lasted;
}

async function eventsOf(dataset: string) {
  const rows: Record<string, string>[] = parse(await readFile(join(dataset, 'events.csv')), {
    columns: true,
  });
  return groupBy(rows, (row) => row['run_id']!);
}
