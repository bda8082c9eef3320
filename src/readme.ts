import { readFile } from 'node:fs/promises';
import { type OutageTrial, outageTrials } from './analysis/outage.js';
import { comparePublished } from './analysis/published.js';
import { UserError } from './common/errors.js';
import { writeFileWhole } from './common/files.js';
import { groupBy } from './common/group.js';
import { packagePath } from './common/paths.js';
import { type Dataset, openDataset } from './dataset/open.js';

const README = packagePath('README.md');

/** The README with its tables made again from `data/reference`, whose numbers nobody types. */
export async function readmeFromData(): Promise<{ before: string; after: string }> {
  const before = await readFile(README, 'utf8');
  const data = await openDataset(packagePath('data', 'reference'));
  try {
    let after = before;
    after = fill(after, 'outage', outageTable(await outageTrials(data)));
    after = fill(after, 'published', await publishedMarkdown(data));
    after = fill(after, 'writes', await writesTable(data));
    return { before, after };
  } finally {
    data.close();
  }
}

/** Writes the README's tables again. */
export async function updateReadme(): Promise<void> {
  const { before, after } = await readmeFromData();
  if (before !== after) await writeFileWhole(README, after);
}

function fill(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new UserError(`README.md: expected ${start} and, later, ${end}`);
  return `${text.slice(0, from + start.length)}\n${table}\n${text.slice(to)}`;
}

function outageTable(trials: readonly OutageTrial[]): string {
  const groups = groupBy(trials, (trial) => `${trial.scenario} ${trial.dqlite_version}`);
  const rows = [...groups.values()].map((group) => {
    const outages = group.map((trial) => trial.outage_s).sort((a, b) => a - b);
    const each = group
      .sort((a, b) => a.trial - b.trial)
      .map(({ outage_s, recovered }) => `${recovered ? '' : '≥ '}${outage_s.toFixed(1)}`);
    const { scenario, dqlite_version, debian_release } = group[0]!;
    const median =
      (outages[Math.floor((outages.length - 1) / 2)]! + outages[Math.ceil((outages.length - 1) / 2)]!) / 2;
    return [scenario, `${dqlite_version} (${debian_release})`, each.join(', '), median.toFixed(1)];
  });
  return markdown(['scenario', 'dqlite', 'outage of each trial (s)', 'median (s)'], rows);
}

async function publishedMarkdown(data: Dataset): Promise<string> {
  const rows = (await comparePublished(data)).filter(({ figure }) => figure !== 'baseline');
  return markdown(
    ['figure', 'configuration', 'published, relative to its baseline', 'ours, relative to ours'],
    rows.map(({ figure, label, ratio, oursRatio }) => [
      figure,
      label,
      ratio.toFixed(2),
      oursRatio?.value.toFixed(2) ?? 'no usable run',
    ]),
  );
}

async function writesTable(data: Dataset): Promise<string> {
  const rows = await data.query<Record<string, string | number>>(
    `SELECT scenario, count(DISTINCT run_id)::INTEGER AS runs,
       count(*) FILTER (outcome = 'ok')::INTEGER AS acknowledged,
       count(*) FILTER (error_class = 'locked')::INTEGER AS locked
     FROM operations JOIN runs USING (run_id)
     WHERE op = 'exec' AND status = 'complete' GROUP BY scenario ORDER BY scenario`,
  );
  const found = await data.query<Record<string, string | number>>(
    `SELECT scenario, count(*) FILTER (rows_found < acknowledged_writes)::INTEGER AS lost,
       count(*) FILTER (flags LIKE '%writes_disagree%')::INTEGER AS more
     FROM runs WHERE status = 'complete' GROUP BY scenario`,
  );
  return markdown(
    [
      'scenario',
      'runs',
      'writes acknowledged',
      'writes refused as locked',
      'runs that lost a write',
      'runs with a row too many',
    ],
    rows.map((row) => {
      const counts = found.find(({ scenario }) => scenario === row['scenario'])!;
      return [
        row['scenario']!,
        row['runs']!,
        row['acknowledged']!,
        row['locked']!,
        counts['lost']!,
        counts['more']!,
      ].map(String);
    }),
  );
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
