import { textTable } from '../common/table.js';
import { readDataPackage } from '../dataset/datapackage.js';
import { openDataset } from '../results/core/open.js';

/** What is in a dataset, in a screenful. */
export async function info(folder: string): Promise<string> {
  const description = await readDataPackage(folder);
  const dataset = await openDataset(folder);
  try {
    const [totals] = await dataset.query<
      Record<'runs' | 'operations' | 'left_out' | 'runs_without' | 'events' | 'samples', number>
    >(
      `select (select count(*) from runs) as runs, (select count(*) from operations) as operations,
         (select coalesce(sum(n), 0)::bigint from outcomes where run_id not in (select run_id from operations)) as left_out,
         (select count(distinct run_id) from outcomes where run_id not in (select run_id from operations)) as runs_without,
         (select count(*) from events) as events, (select count(*) from samples) as samples`,
    );
    const scenarios = await dataset.query(
      `select scenario, fault, array_to_string(list_transform(list_sort(list(distinct {severity: severity, unit: severity_unit}) filter (severity is not null)), one -> one.severity || ' ' || one.unit), ', ') as severities,
         array_to_string(list_sort(list(distinct workers)), ', ') as workers,
         count(*) as runs, count(*) filter (where status <> 'complete') as not_complete,
         count(*) filter (where fault_confirmed) as confirmed
       from runs group by scenario, fault order by scenario, fault`,
    );
    const outcomes = await dataset.query(
      `select op, outcome, error_class as error, sum(n)::bigint as operations
       from outcomes group by all order by op, operations desc`,
    );
    const [versions] = await dataset.query<Record<string, string | null>>(
      `select min(started_at) as first, max(started_at) as last,
         string_agg(distinct campaign, ', ') as campaigns, string_agg(distinct dqlite_version, ', ') as dqlite,
         string_agg(distinct runtime, ', ') as runtime, string_agg(distinct kernel, ', ') as kernel from runs`,
    );
    const bytes = description.resources.reduce((sum, resource) => sum + resource.bytes, 0);
    const count = (n: number): string => n.toLocaleString('en-US');
    const leftOut =
      totals!.left_out > 0
        ? `\nleft out are ${count(totals!.left_out)} operations of ${count(totals!.runs_without)} runs: results/ has what they came to`
        : '';
    return `${description.title}
by ${description.contributors.map(({ title }) => title).join(', ') || 'nobody named'}, CC-BY-4.0
campaigns ${versions?.['campaigns']}; ${versions?.['first'] ?? '?'} to ${versions?.['last'] ?? '?'}
dqlite ${versions?.['dqlite'] ?? 'of unknown version'}, in ${versions?.['runtime']}, kernel ${versions?.['kernel'] ?? 'unknown'}
${count(totals!.runs)} runs, ${count(totals!.operations)} operations, ${count(totals!.events)} events, ${count(totals!.samples)} samples; ${(bytes / 1e6).toFixed(1)} MB${leftOut}

${textTable(['scenario', 'fault', 'severities', 'workers', 'runs', 'not_complete', 'confirmed'], scenarios)}
${textTable(['op', 'outcome', 'error', 'operations'], outcomes)}`;
  } finally {
    dataset.close();
  }
}
