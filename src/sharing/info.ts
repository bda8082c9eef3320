import { textTable } from '../common/table.js';
import { readDataPackage } from '../dataset/datapackage.js';
import { openDataset } from '../results/core/open.js';

type Totals = Record<'runs' | 'operations' | 'attempts' | 'events' | 'samples', number>;

/** What is in a dataset, in a screenful. */
export async function info(folder: string): Promise<string> {
  const description = await readDataPackage(folder);
  const dataset = await openDataset(folder);
  try {
    const [totals] = await dataset.query<Totals>(
      `select (select count(*) from runs) as runs, (select count(*) from operations) as operations,
         (select count(*) from attempts) as attempts, (select count(*) from events) as events,
         (select count(*) from samples) as samples`,
    );
    const leftOut = await dataset.query<{ n: number; runs: number }>(
      `select sum(n)::bigint as n, count(distinct run_id) as runs from (
         select run_id, n from outcomes where run_id not in (select run_id from operations)
         union all
         select run_id, offered from service where run_id not in (select run_id from attempts)
       ) having runs > 0`,
    );
    const scenarios = await dataset.query(
      `select scenario, fault, array_to_string(list_transform(list_sort(list(distinct {severity: severity, unit: severity_unit}) filter (severity is not null)), one -> format('{:g}', one.severity) || ' ' || one.unit), ', ') as severities,
         array_to_string(list_sort(list(distinct workers)), ', ') as workers,
         count(*) as runs, count(*) filter (where status <> 'complete') as not_complete,
         count(*) filter (where fault_confirmed) as confirmed
       from runs group by scenario, fault order by scenario, fault`,
    );
    const outcomes = await dataset.query(
      `select op, outcome, error_class as error, sum(n)::bigint as operations
       from outcomes group by all order by op, operations desc`,
    );
    const service = await dataset.query(
      `select kind as client, sum(offered)::bigint as due, sum(ok)::bigint as ok, sum(fail)::bigint as fail,
         sum(unknown)::bigint as unknown, sum(dropped)::bigint as dropped
       from service group by all order by all`,
    );
    const [versions] = await dataset.query<Record<string, string | null>>(
      `select min(started_at) as first, max(started_at) as last,
         string_agg(distinct campaign, ', ' order by campaign) as campaigns, string_agg(distinct dqlite_version, ', ' order by dqlite_version) as dqlite,
         string_agg(distinct runtime, ', ' order by runtime) as runtime, string_agg(distinct kernel, ', ' order by kernel) as kernel from runs`,
    );
    const bytes = description.resources.reduce((sum, resource) => sum + resource.bytes, 0);
    const count = (n: number): string => n.toLocaleString('en-US');
    const recorded = [
      ...(totals!.operations > 0 ? [`${count(totals!.operations)} operations of 2022’s benchmark`] : []),
      ...(totals!.attempts > 0 ? [`${count(totals!.attempts)} attempts of the client`] : []),
    ];
    const without = leftOut.map(
      ({ n, runs }) =>
        `\nleft out are ${count(n)} operations of ${count(runs)} runs: results/ has what they came to`,
    );
    const tables = [
      textTable(
        ['scenario', 'fault', 'severities', 'workers', 'runs', 'not_complete', 'confirmed'],
        scenarios,
      ),
      ...(outcomes.length > 0 ? [textTable(['op', 'outcome', 'error', 'operations'], outcomes)] : []),
      ...(service.length > 0
        ? [textTable(['client', 'due', 'ok', 'fail', 'unknown', 'dropped'], service)]
        : []),
    ];
    return `${description.title}
by ${description.contributors.map(({ title }) => title).join(', ') || 'nobody named'}, CC-BY-4.0
campaigns ${versions?.['campaigns']}; ${versions?.['first'] ?? '?'} to ${versions?.['last'] ?? '?'}
dqlite ${versions?.['dqlite'] ?? 'of unknown version'}, in ${versions?.['runtime']}, kernel ${versions?.['kernel'] ?? 'unknown'}
${[`${count(totals!.runs)} runs`, ...recorded, `${count(totals!.events)} events`, `${count(totals!.samples)} samples`].join(', ')}; ${(bytes / 1e6).toFixed(1)} MB${without.join('')}

${tables.join('\n')}`;
  } finally {
    dataset.close();
  }
}
