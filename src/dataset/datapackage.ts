import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '../common/bundled/zod.js';
import { capital } from '../common/capital.js';
import { UserError } from '../common/errors.js';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';
import { WORKLOADS } from '../vocabulary/workloads.js';
import type { Contributor } from './contributors.js';
import { checksum, PACKAGE_FILE } from './files.js';
import { FORMAT, requireKnownFormat } from './format.js';
import { type Column, type Row, type SqlType, TABLES, type Table } from './schema.js';

const FIELD_TYPES: Record<SqlType, string> = {
  VARCHAR: 'string',
  BIGINT: 'integer',
  INTEGER: 'integer',
  DOUBLE: 'number',
  BOOLEAN: 'boolean',
};

const LICENCE = {
  name: 'CC-BY-4.0',
  path: 'https://creativecommons.org/licenses/by/4.0/',
  title: 'Creative Commons Attribution 4.0',
};

/** What a dataset says of itself beside its tables. */
export interface Description {
  name: string;
  title: string;
  description: string;
  /** ISO 8601. */
  created: string;
  contributors: readonly Contributor[];
  /** Of the data, which grows when it is corrected or added to. */
  version?: string;
  keywords?: readonly string[];
  /** Where it is published: a web address, such as that of its DOI. */
  id?: string | undefined;
  /** Where the runs come from. */
  provenance?: unknown;
}

/** A dataset's page, beside its description; the notes in it are a person's. */
export const PAGE_FILE = 'README.md';

const FIRST_VERSION = '1.0.0';
const KEYWORDS = ['dqlite', 'SQLite', 'Raft', 'fault injection', 'reliability', 'latency', 'benchmark'];

const packageSchema = z.looseObject({
  name: z.string(),
  title: z.string(),
  description: z.string().default(''),
  created: z.string(),
  contributors: z.array(z.looseObject({ title: z.string(), path: z.string().optional() })).default([]),
  version: z.string().default(FIRST_VERSION),
  keywords: z.array(z.string()).default(KEYWORDS),
  id: z.string().optional(),
  /** Of the layout; datasets of format 1 did not say so. */
  format: z.int().default(1),
  resources: z.array(
    z.looseObject({
      name: z.string(),
      path: z.string(),
      bytes: z.int().min(0),
      hash: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hexadecimal digits'),
    }),
  ),
});

/** A datapackage.json as far as this project relies on it. */
export type DataPackage = z.infer<typeof packageSchema>;

/** Reads what a datapackage.json says; `place` is what errors call it. */
export function parseDataPackage(text: string, place: string): DataPackage {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${place}: not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = packageSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UserError(`${place}: ${issue.path.join('.') || 'the package'}: ${issue.message}`);
  }
  requireKnownFormat(parsed.data.format, place);
  const seen = new Set<string>();
  for (const { name, path } of parsed.data.resources) {
    if (
      !/^(results\/)?[a-z][a-z0-9_]*\.(csv|parquet)$/.test(path) ||
      !path.replace('results/', '').startsWith(`${name}.`)
    ) {
      throw new UserError(
        `${place}: resource ${JSON.stringify(name)} is ${JSON.stringify(path)}: expected a table's name and its file, such as runs.csv or results/outages.csv`,
      );
    }
    if (seen.has(path)) throw new UserError(`${place}: ${path} comes twice`);
    seen.add(path);
  }
  return parsed.data;
}

/** Reads a dataset's datapackage.json. */
export async function readDataPackage(folder: string): Promise<DataPackage> {
  const path = join(folder, PACKAGE_FILE);
  if (!existsSync(path)) {
    throw new UserError(
      `no dataset in ${folder} (no ${PACKAGE_FILE}): expected a folder that "npm run ingest" made`,
    );
  }
  return parseDataPackage(await readFile(path, 'utf8'), path);
}

/** Changes some of what a dataset's datapackage.json says, and leaves the rest as it is. */
export async function changeDataPackage(folder: string, said: Partial<Description>): Promise<void> {
  await readDataPackage(folder);
  const path = join(folder, PACKAGE_FILE);
  const content = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFileWhole(path, `${JSON.stringify({ ...content, ...said }, null, 2)}\n`);
}

/** Writes a dataset's datapackage.json (Data Package v2) from those of the tables that have a file. */
export async function writeDataPackage(
  folder: string,
  description: Description,
  tables: readonly Table[] = Object.values(TABLES),
): Promise<void> {
  const there = tables.filter((table) => existsSync(join(folder, table.file)));
  const resources = await Promise.all(there.map((table) => resource(folder, table)));
  const content = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    version: FIRST_VERSION,
    keywords: KEYWORDS,
    ...description,
    format: FORMAT,
    licenses: [LICENCE],
    resources,
  };
  await writeFileWhole(join(folder, PACKAGE_FILE), `${JSON.stringify(content, null, 2)}\n`);
}

/** What a dataset of these runs says of itself, but for what a person wants it to say. */
export function describeRuns(
  runs: readonly Row<'runs'>[],
  said: { title?: string; contributors?: readonly Contributor[] } = {},
): Description {
  const campaigns = distinct(runs, 'campaign').map(String);
  const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string };
  return {
    name: nameOf(campaigns),
    title: said.title ?? `Operations on a dqlite cluster under faults: ${campaigns.join(', ')}`,
    description: `${contentOf(runs)}, what happened to the cluster in the meantime, and what the nodes used.`,
    created: String(distinct(runs, 'started_at').at(-1) ?? '1970-01-01T00:00:00.000Z'),
    contributors: said.contributors ?? [{ title: 'The dqlite-reliability authors' }],
    provenance: {
      made_with: `dqlite-reliability ${version}`,
      campaigns: campaigns.map((campaign) => campaignOf(runs.filter((run) => run.campaign === campaign))),
    },
  };
}

const LONGEST_NAME = 60;

/** The name of a dataset of these campaigns: a file and a folder can be called so. */
function nameOf(campaigns: readonly string[]): string {
  const [first = 'empty', ...others] = campaigns;
  const all = campaigns.join('-');
  const name = others.length > 0 && all.length > LONGEST_NAME ? `${first}-and-${others.length}-more` : all;
  return name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-') || first;
}

function contentOf(runs: readonly Row<'runs'>[]): string {
  const benchmark = runs.some(({ workload }) => WORKLOADS[workload].benchmark !== null);
  const client = runs.some(({ workload }) => WORKLOADS[workload].benchmark === null);
  const said = [
    ...(benchmark || !client
      ? ['every read and write that the workers of dqlite-benchmark tried on a dqlite cluster']
      : []),
    ...(client ? ['every attempt of a client to read from a dqlite cluster or to write to it'] : []),
  ].join(', ');
  return capital(said);
}

const PROVENANCE = [
  'source',
  'runtime',
  'seed',
  'debian_release',
  'dqlite_version',
  'go_dqlite_version',
  'image_id',
  'docker_version',
  'compose_version',
  'cgroup_version',
  'kernel',
  'host_cpus',
  'host_cpu_model',
  'host_memory_bytes',
  'host_swap_bytes',
] as const satisfies (keyof Row<'runs'>)[];

function campaignOf(runs: readonly Row<'runs'>[]): object {
  const started = distinct(runs, 'started_at');
  return {
    campaign: runs[0]!.campaign,
    runs: runs.length,
    scenarios: distinct(runs, 'scenario'),
    started: started[0] ?? null,
    last_started: started.at(-1) ?? null,
    ...Object.fromEntries(PROVENANCE.map((column) => [column, distinct(runs, column)])),
  };
}

/** The values of a column that are not null, each once, in order. */
function distinct(runs: readonly Row<'runs'>[], column: keyof Row<'runs'>): (string | number | boolean)[] {
  const values = new Set(runs.map((run) => run[column]).filter((value) => value !== null));
  return [...values].sort((a, b) => (a < b ? -1 : 1));
}

async function resource(folder: string, table: Table): Promise<object> {
  const { bytes, sha256 } = await checksum(join(folder, table.file));
  const csv = table.file.endsWith('.csv');
  return {
    name: table.name,
    type: 'table',
    path: table.file,
    description: `Each row is ${table.row}. Rows are stored in the order of ${table.sortedBy.join(', ')}.`,
    format: csv ? 'csv' : 'parquet',
    mediatype: csv ? 'text/csv' : 'application/vnd.apache.parquet',
    encoding: csv ? 'utf-8' : undefined,
    bytes,
    hash: `sha256:${sha256}`,
    schema: {
      $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
      fields: table.columns.map(fieldOf),
      missingValues: [''],
      primaryKey: table.key,
      foreignKeys: foreignKeys(table),
    },
  };
}

function fieldOf(column: Column): object {
  return {
    name: column.name,
    type: FIELD_TYPES[column.type],
    description: column.about,
    unit: column.unit,
    constraints: {
      required: !column.optional,
      enum: column.oneOf,
      minimum: column.minimum,
    },
  };
}

function foreignKeys(table: Table): object[] | undefined {
  const keys = table.columns.flatMap((column) => {
    if (!column.references) return [];
    const [resource, field] = column.references.split('.');
    return [{ fields: [column.name], reference: { resource, fields: [field] } }];
  });
  return keys.length > 0 ? keys : undefined;
}
