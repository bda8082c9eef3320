import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CAPTURE, type Manifest, manifestSchema } from '../../collect/capture/format.js';
import { UserError } from '../common/errors.js';
import { checkRow, parseField } from '../dataset/csv.js';
import { checksum } from '../dataset/files.js';
import { type Row, TABLES, type Table } from '../dataset/schema.js';
import { type RunToIngest, workersWithoutFiles } from './run.js';
import { resultsFiles } from './source.js';

/** Reads a capture but for its results: the manifest, and the events and samples, checked against it. */
export async function readCapture(folder: string): Promise<RunToIngest> {
  const manifest = await readManifest(folder);
  const row = { ...manifest.run };
  const recorded = new Map<string, string>();
  const missing: string[] = [];
  for (const { path, sha256 } of manifest.files) {
    if (path.startsWith(`${CAPTURE.results}/`)) recorded.set(path.slice(CAPTURE.results.length + 1), sha256);
    if (!existsSync(join(folder, path))) missing.push(`${path} is not there, but the manifest lists it`);
  }
  const resultsFolder = join(folder, CAPTURE.results);
  const results = existsSync(resultsFolder) ? resultsFiles(resultsFolder) : [];
  for (const { name, path } of results) {
    if (!recorded.has(name)) {
      throw new UserError(
        `${path} is not in ${join(folder, CAPTURE.manifest)}: it was put there after the run`,
      );
    }
  }
  if (row.status === 'partial') missing.push(row.status_reason ?? 'the run itself was marked partial');
  if (row.status !== 'failed') missing.push(...workersWithoutFiles(row.workers, results));
  return {
    folder,
    row,
    results,
    recorded,
    events: await readTable(folder, CAPTURE.events, 'events', manifest),
    evidence: [],
    samples: await readTable(folder, CAPTURE.samples, 'samples', manifest),
    missing,
    notes: [],
  };
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, CAPTURE.manifest);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UserError(`${path}: not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UserError(`${path}: ${issue.path.join('.') || 'the manifest'}: ${issue.message}`);
  }
  const manifest = parsed.data as unknown as Manifest;
  if (manifest.run.run_id !== basename(folder)) {
    throw new UserError(
      `${path}: run_id is ${manifest.run.run_id}, but the folder is ${basename(folder)}: expected the same; was it renamed?`,
    );
  }
  for (const { path: file } of manifest.files) {
    if (file.startsWith('/') || file.includes('\\') || file.split('/').includes('..')) {
      throw new UserError(`${path}: files: ${JSON.stringify(file)} is no path below the capture`);
    }
  }
  return manifest;
}

async function readTable<N extends 'events' | 'samples'>(
  folder: string,
  file: string,
  name: N,
  manifest: Manifest,
): Promise<Row<N>[]> {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  const listed = manifest.files.find((entry) => entry.path === file);
  if (listed && (await checksum(path)).sha256 !== listed.sha256) throw changed(path, folder);
  const table: Table = TABLES[name];
  const columns = table.columns.filter((column) => column.name !== 'run_id');
  const names = columns.map((column) => column.name).join(',');
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(await readFile(path, 'utf8'), { info: true }) as unknown as typeof records;
  } catch (cause) {
    throw new UserError(`${path}: not a CSV file: ${(cause as Error).message}`, { cause });
  }
  const header = records.shift()?.record.join(',') ?? '';
  if (header !== names) {
    throw new UserError(`${path}, line 1: expected the columns ${names}, received ${header}`);
  }
  return records.map(({ record, info }) => {
    const row: Record<string, unknown> = { run_id: manifest.run.run_id };
    columns.forEach((column, i) => {
      const field = parseField(column, record[i] ?? '');
      if ('problem' in field) {
        throw new UserError(`${path}, line ${info.lines}, column ${column.name}: ${field.problem}`);
      }
      row[column.name] = field.value;
    });
    checkRow(table, row, `${path}, line ${info.lines}`);
    return row as Row<N>;
  });
}

/** The error for a file that is no longer what the capture recorded. */
export function changed(path: string, folder: string): UserError {
  return new UserError(
    `${path} is not what ${join(folder, CAPTURE.manifest)} recorded (its SHA-256 differs): captures are written once; take it from its origin again`,
  );
}
