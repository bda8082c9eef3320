import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  CAPTURE,
  CAPTURE_FORMAT,
  type CapturedRun,
  type FOUND_BY_INGEST,
  type Manifest,
  manifestSchema,
  runSchema,
} from '../../collect/capture/format.js';
import { UserError } from '../common/errors.js';
import { checkRow, parseField } from '../dataset/csv.js';
import { checksum } from '../dataset/files.js';
import { type Column, type Row, TABLES, type Table } from '../dataset/schema.js';
import { isOfClient } from '../vocabulary/workloads.js';
import { ATTEMPTS_FILE } from './attempts.js';
import { driverRole1, evidence1, isConfirmed, upgradeEvent1, upgradeRun1 } from './capture-1.js';
import { type RunToIngest, workersWithoutFiles } from './run.js';
import { resultsFiles } from './source.js';

/** Reads a capture but for its results: the manifest, and the tables, checked against it. */
export async function readCapture(folder: string): Promise<RunToIngest> {
  const manifest = await readManifest(folder);
  const row: Row<'runs'> = { ...checkedRun(folder, manifest), ...NOT_FOUND_YET };
  const recorded = new Map<string, string>();
  const missing: string[] = [];
  for (const { path, sha256 } of manifest.files) {
    if (path.startsWith(`${CAPTURE.results}/`)) recorded.set(path.slice(CAPTURE.results.length + 1), sha256);
    if (!existsSync(join(folder, path))) missing.push(`${path} is not there, but the manifest lists it`);
  }
  const resultsFolder = join(folder, CAPTURE.results);
  const ofClient = isOfClient(row.workload);
  const results = !ofClient && existsSync(resultsFolder) ? resultsFiles(resultsFolder) : [];
  for (const { name, path } of results) {
    if (!recorded.has(name)) {
      throw new UserError(
        `${path} is not in ${join(folder, CAPTURE.manifest)}: it was put there after the run`,
      );
    }
  }
  if (row.status === 'partial') missing.push(row.status_reason ?? 'the run itself was marked partial');
  if (row.status !== 'failed' && !ofClient) missing.push(...workersWithoutFiles(row.workers, results));
  if (ofClient && row.status !== 'failed' && !recorded.has(ATTEMPTS_FILE)) {
    missing.push(`the client left no ${ATTEMPTS_FILE}`);
  }
  const clientFolder = ofClient && recorded.has(ATTEMPTS_FILE) ? resultsFolder : null;
  const events = await readTable(folder, CAPTURE.events, 'events', manifest);
  const samples = await readTable(folder, CAPTURE.samples, 'samples', manifest);
  const run = { folder, row, results, clientFolder, recorded, events, samples, missing, notes: [] };
  if (manifest.format > 1) {
    return { ...run, evidence: await readTable(folder, CAPTURE.evidence, 'evidence', manifest) };
  }
  const sentence = manifest.run['fault_evidence'];
  const evidence = evidence1(row, typeof sentence === 'string' ? sentence : null, events, samples);
  row.fault_confirmed = isConfirmed(row, evidence);
  row.driver_role = driverRole1(row, events);
  return { ...run, evidence };
}

const NOT_FOUND_YET = {
  acknowledged_writes: null,
  run_flags: null,
  consistency: null,
  consistency_model: null,
  consistency_reason: null,
  consistency_witness: null,
} as const satisfies Record<(typeof FOUND_BY_INGEST)[number], null>;

/** A manifest whose run has not been checked yet, since that depends on its format. */
type UncheckedManifest = Omit<Manifest, 'run'> & { run: Record<string, unknown> };

async function readManifest(folder: string): Promise<UncheckedManifest> {
  const path = join(folder, CAPTURE.manifest);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UserError(`${path}: not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw misfit(path, '', parsed.error.issues[0]!);
  const { format, run, files } = parsed.data;
  if (format < 1 || format > CAPTURE_FORMAT) {
    throw new UserError(
      `${path} has format ${format}, and this version of dqlite-reliability reads formats 1 to ${CAPTURE_FORMAT}: install a newer one`,
    );
  }
  if (run['run_id'] !== basename(folder)) {
    throw new UserError(
      `${path}: run_id is ${run['run_id']}, but the folder is ${basename(folder)}: expected the same; was it renamed?`,
    );
  }
  for (const { path: file } of files) {
    if (file.startsWith('/') || file.includes('\\') || file.split('/').includes('..')) {
      throw new UserError(`${path}: files: ${JSON.stringify(file)} is no path below the capture`);
    }
  }
  return { format, run, files };
}

function checkedRun(folder: string, { format, run }: UncheckedManifest): CapturedRun {
  const parsed = runSchema.safeParse(format === 1 ? upgradeRun1(run) : run);
  if (!parsed.success) throw misfit(join(folder, CAPTURE.manifest), 'run.', parsed.error.issues[0]!);
  return parsed.data as unknown as CapturedRun;
}

function misfit(path: string, below: string, issue: { path: PropertyKey[]; message: string }): UserError {
  return new UserError(
    `${path}: ${below}${issue.path.map(String).join('.') || 'the manifest'}: ${issue.message}`,
  );
}

/** A table of a capture. Columns are found by name; one that may be missing is null where the file has none. */
async function readTable<N extends 'events' | 'evidence' | 'samples'>(
  folder: string,
  file: string,
  name: N,
  { run, files, format }: UncheckedManifest,
): Promise<Row<N>[]> {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  const listed = files.find((entry) => entry.path === file);
  if (listed && (await checksum(path)).sha256 !== listed.sha256) throw changed(path, folder);
  const table: Table = TABLES[name];
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(await readFile(path, 'utf8'), { info: true }) as unknown as typeof records;
  } catch (cause) {
    throw new UserError(`${path}: not a CSV file: ${(cause as Error).message}`, { cause });
  }
  const header = records.shift()?.record ?? [];
  const columns = table.columns.filter((column) => column.name !== 'run_id');
  requireColumns(path, columns, header);
  return records.map(({ record, info }) => {
    const row: Record<string, unknown> = { run_id: run['run_id'] };
    for (const column of columns) {
      const at = header.indexOf(column.name);
      const text = at < 0 ? '' : (record[at] ?? '');
      const upgraded = format === 1 && column.name === 'event' ? upgradeEvent1(text) : text;
      const field = at < 0 ? { value: column.formerly ?? null } : parseField(column, upgraded);
      if ('problem' in field) {
        throw new UserError(`${path}, line ${info.lines}, column ${column.name}: ${field.problem}`);
      }
      row[column.name] = field.value;
    }
    checkRow(table, row, `${path}, line ${info.lines}`);
    return row as Row<N>;
  });
}

function requireColumns(path: string, columns: readonly Column[], header: readonly string[]): void {
  const names = columns.map(({ name }) => name);
  const missing = columns.filter(({ name, optional }) => !optional && !header.includes(name));
  const unknown = header.filter((name) => !names.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new UserError(
    `${path}, line 1: expected the columns ${names.join(',')}, received ${header.join(',')}`,
  );
}

/** The error for a file that is no longer what the capture recorded. */
export function changed(path: string, folder: string): UserError {
  return new UserError(
    `${path} is not what ${join(folder, CAPTURE.manifest)} recorded (its SHA-256 differs): captures are written once; take it from its origin again`,
  );
}
