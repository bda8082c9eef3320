import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../common/errors.js';
import { checkDataset } from '../consistency/check-dataset.js';
import { storedWitness } from '../consistency/stored-witness.js';
import type { Contributor } from '../dataset/contributors.js';
import { createDataset } from '../dataset/create.js';
import { checkRow, toCsv } from '../dataset/csv.js';
import { describeRuns, writeDataPackage } from '../dataset/datapackage.js';
import { type EncodedOperations, OperationsWriter } from '../dataset/operations.js';
import { type Row, TABLES } from '../dataset/schema.js';
import { storeResults } from '../results/core/store.js';
import { ALL_TABLES } from '../results/core/tables.js';
import type { Flag } from '../vocabulary/flags.js';
import { OUTCOMES } from '../vocabulary/outcomes.js';
import { type AttemptFacts, readAttempts } from './attempts.js';
import { changed, readCapture } from './capture.js';
import { readImported } from './imported.js';
import { interpret, type ResultFacts } from './interpret.js';
import { mapping2022, readMapping } from './mapping.js';
import { joinParts } from './parts.js';
import { type Reading, readFiles } from './pool.js';
import type { FileToRead, ReadFile } from './read-file.js';
import type { RunToIngest } from './run.js';
import { findRuns, type ResultsFile } from './source.js';

export interface IngestOptions {
  paths: readonly string[];
  /** The dataset's folder. */
  out: string;
  /** A CSV file that says what imported folders are. */
  mapping?: string;
  /** Whether incomplete runs are ingested, marked partial. Default: false. */
  partial?: boolean;
  /** What the dataset is called. Default: after its campaigns. */
  title?: string;
  /** Who made it. */
  contributors?: readonly Contributor[];
  /** Stops it, leaving what was at `out` as it was. */
  signal?: AbortSignal;
}

export interface IngestReport {
  runs: Row<'runs'>[];
  sources: Row<'sources'>[];
  /** Files that are no results, manifests or the like, and were left alone. */
  ignored: string[];
  /** Each with the run or folder that it is about. */
  notes: { about: string; note: string }[];
}

/** Clock steps up to this are kept and flagged; beyond it a run's times cannot be trusted. */
const MOST_CLOCK_STEP_NS = 1e9;

/** Reads captures and results files into a dataset; what was at `out` stays as it was on any error. */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { runs, ignored, notes } = await findAndDescribe(options);
  return createDataset(options.out, async (folder) => {
    const ofClients = await readAttempts(runs, join(folder, TABLES.attempts.file), options.signal);
    const ofBenchmark = await readOperations(
      runs,
      join(folder, TABLES.operations.file),
      options.partial ?? false,
      options.signal,
      ofClients.facts,
    );
    await judge(runs, folder, ofClients.facts.size > 0);
    const sources = [...ofBenchmark, ...ofClients.sources].sort(bySource);
    runs.forEach(({ row }, i) => {
      checkRow(TABLES.runs, row, runs[i]!.folder);
    });
    const rows = runs.map(({ row }) => row);
    await writeFile(join(folder, TABLES.runs.file), toCsv('runs', rows));
    await writeFile(join(folder, TABLES.sources.file), toCsv('sources', sources));
    await writeFile(
      join(folder, TABLES.events.file),
      toCsv(
        'events',
        runs.flatMap(({ events }) => events),
      ),
    );
    await writeFile(
      join(folder, TABLES.evidence.file),
      toCsv(
        'evidence',
        runs.flatMap(({ evidence }) => evidence),
      ),
    );
    const samples = runs.flatMap(({ samples }) => samples);
    if (samples.length > 0) {
      const { writeSamples } = await import('../dataset/samples.js');
      await writeSamples(join(folder, TABLES.samples.file), samples);
    }
    options.signal?.throwIfAborted();
    await storeResults(folder);
    options.signal?.throwIfAborted();
    await writeDataPackage(folder, describeRuns(rows, options), ALL_TABLES);
    for (const run of runs) notes.push(...run.notes.map((note) => ({ about: run.row.run_id, note })));
    notes.push(...sameContent(sources));
    return { runs: rows, sources, ignored, notes };
  });
}

/** Gives the runs of clients the verdicts on their histories. */
async function judge(runs: readonly RunToIngest[], folder: string, any: boolean): Promise<void> {
  if (!any) return;
  const rowOf = (run_id: string) => runs.find((run) => run.row.run_id === run_id)!.row;
  const expectedOf = (run_id: string) => rowOf(run_id).consistency_expected;
  for await (const checked of checkDataset(folder, undefined, { expectedOf })) {
    const { run_id, verdict, model, reason } = checked;
    const row = rowOf(run_id);
    Object.assign(row, {
      consistency: verdict,
      consistency_model: model,
      consistency_reason: reason,
      consistency_witness: storedWitness(checked),
    } satisfies Partial<Row<'runs'>>);
  }
}

async function findAndDescribe(options: IngestOptions) {
  const { found, ignored } = findRuns(options.paths);
  const notes: IngestReport['notes'] = [];
  const mappings = [mapping2022];
  if (options.mapping) {
    const text = await readFile(options.mapping, 'utf8').catch((cause) => {
      throw new UserError(`cannot read the mapping ${options.mapping}: ${cause.message}`, { cause });
    });
    const { mapping, folders } = readMapping(text, options.mapping);
    mappings.unshift(mapping);
    for (const folder of folders) {
      if (!found.some((run) => `/${run.folder}`.endsWith(`/${folder}`))) {
        notes.push({ about: options.mapping, note: `${folder} is mapped, but no such folder was found` });
      }
    }
  }
  const runs: RunToIngest[] = [];
  for (const run of found) {
    runs.push(run.kind === 'capture' ? await readCapture(run.folder) : readImported(run, mappings));
  }
  runs.sort((a, b) => (a.row.run_id < b.row.run_id ? -1 : 1));
  runs.forEach((run, i) => {
    const other = runs[i + 1];
    if (other?.row.run_id === run.row.run_id) {
      throw new UserError(
        `two runs are named ${run.row.run_id}: ${run.folder} and ${other.folder}: expected each once; give the folder above them, or ingest them apart`,
      );
    }
  });
  refuseIncomplete(runs, options.partial ?? false);
  notes.push(...joinParts(runs));
  return { runs, ignored, notes };
}

function refuseIncomplete(runs: readonly RunToIngest[], partial: boolean): void {
  for (const run of runs) {
    if (run.missing.length === 0 || run.row.status === 'failed') continue;
    run.row.status = 'partial';
    run.row.status_reason ??= run.missing.join('; ');
  }
  const incomplete = runs.filter(({ row }) => row.status === 'partial');
  if (incomplete.length === 0 || partial) return;
  const lines = incomplete.map(({ folder, missing }) => `  ${folder}: ${missing.join('; ')}`);
  throw new UserError(
    `${incomplete.length} of ${runs.length} runs are incomplete:\n${lines.join('\n')}\n--partial ingests them too, marked as partial`,
  );
}

async function readOperations(
  runs: readonly RunToIngest[],
  path: string,
  partial: boolean,
  signal: AbortSignal | undefined,
  ofClients: ReadonlyMap<string, AttemptFacts>,
): Promise<Row<'sources'>[]> {
  const files = runs.flatMap(({ results }) => results);
  const bytes = files.reduce((sum, file) => sum + statSync(file.path).size, 0);
  const reading = readFiles(runs.flatMap(filesToRead), bytes, signal);
  const writer = new OperationsWriter(path);
  const sources: Row<'sources'>[] = [];
  try {
    for (const run of runs)
      sources.push(...(await readRun(run, reading, writer, partial, ofClients.get(run.row.run_id))));
    writer.end();
  } catch (error) {
    writer.abandon();
    throw error;
  } finally {
    await reading.close();
  }
  return sources;
}

/** In the order of the table: by run, and the client's file first. */
function bySource(a: Row<'sources'>, b: Row<'sources'>): number {
  return a.run_id < b.run_id ? -1 : a.run_id > b.run_id ? 1 : 0;
}

function filesToRead({ results }: RunToIngest): FileToRead[] {
  const siblings = new Map<number, string[]>();
  for (const { worker, path } of results) siblings.set(worker, [...(siblings.get(worker) ?? []), path]);
  return results.map(({ worker, path }) => ({ path, siblings: siblings.get(worker)! }));
}

async function readRun(
  run: RunToIngest,
  reading: Reading,
  writer: OperationsWriter,
  partial: boolean,
  ofClient: AttemptFacts | undefined,
): Promise<Row<'sources'>[]> {
  const failed = run.row.status === 'failed';
  const sources: Row<'sources'>[] = [];
  let acknowledged = ofClient?.acknowledged ?? 0;
  let inDoubt = 0;
  let first = ofClient?.firstNs ?? null;
  let last: bigint | null = null;
  for (const file of run.results) {
    let seq = 0;
    const read = await reading.next((block) => {
      if (!failed) writer.add(run.row.run_id, file.op, file.worker, seq, block);
      seq += block.rows;
      if (file.op === 'exec') inDoubt += doubts(block);
    });
    examine(run, file, read, partial);
    if (file.op === 'exec') acknowledged += read.measured;
    if (read.first !== null && (first === null || read.first < first)) first = read.first;
    if (read.last !== null && (last === null || read.last > last)) last = read.last;
    sources.push({
      run_id: run.row.run_id,
      worker: file.worker,
      op: file.op,
      file: file.name,
      bytes: read.bytes,
      sha256: read.sha256,
      lines: read.lines,
      lines_kept: failed ? 0 : read.linesKept,
      lines_layout: read.linesLayout,
      lines_cut: read.linesCut,
      lines_refused: failed ? read.linesKept : 0,
    });
  }
  complete(run, { firstStartNs: first, acknowledged, inDoubt }, last);
  return sources;
}

/** Refuses a file that is not what it should be, or marks its run. */
function examine(run: RunToIngest, file: ResultsFile, read: ReadFile, partial: boolean): void {
  const recorded = run.recorded.get(file.name);
  if (recorded && recorded !== read.sha256) throw changed(file.path, run.folder);
  if (run.row.status === 'failed') return;
  if (!read.complete) markPartial(run, `${file.name} is cut off after line ${read.lines}`, partial);
  if (read.clock.most > MOST_CLOCK_STEP_NS) {
    const step = `${file.name}, line ${read.clock.line}: the clock was set back by ${read.clock.most / 1e9} s`;
    markPartial(run, step, partial);
  } else if (read.clock.count > 0) flag(run, 'clock_stepped_back');
}

/** How many of a block's operations are neither known to have happened nor not to have. */
function doubts({ errors }: EncodedOperations): number {
  return errors ? errors.outcome.reduce((sum, place) => sum + Number(OUTCOMES[place] !== 'fail'), 0) : 0;
}

/** Fills in what only the results tell. */
function complete(run: RunToIngest, facts: ResultFacts, last: bigint | null): void {
  const found = interpret(run.row, run.events, facts);
  Object.assign(run, { row: found.run, events: found.events });
  const { row } = run;
  const first = facts.firstStartNs;
  if (row.source !== 'imported' || first === null || last === null) return;
  row.started_at ??= new Date(Number(first / 1_000_000n)).toISOString();
  if (Number.isNaN(row.duration_s)) row.duration_s = Math.max(1, Math.round(Number(last - first) / 1e9));
}

function markPartial(run: RunToIngest, reason: string, partial: boolean): void {
  if (!partial) {
    throw new UserError(
      `${run.folder}: ${reason}: the run is incomplete\n--partial ingests it, marked as partial`,
    );
  }
  run.row.status_reason = run.row.status === 'partial' ? `${run.row.status_reason}; ${reason}` : reason;
  run.row.status = 'partial';
}

function flag(run: RunToIngest, name: Flag): void {
  const flags = new Set(run.row.run_flags?.split(';') ?? []);
  run.row.run_flags = [...flags.add(name)].join(';');
}

/** Runs whose results files are the same, byte for byte: both are kept. */
function sameContent(sources: readonly Row<'sources'>[]): IngestReport['notes'] {
  const contents = new Map<string, string[]>();
  for (const run of new Set(sources.map(({ run_id }) => run_id))) {
    const files = sources.filter(({ run_id }) => run_id === run);
    const content = files.map(({ file, sha256 }) => `${file} ${sha256}`).join('\n');
    contents.set(content, [...(contents.get(content) ?? []), run]);
  }
  return [...contents.values()].flatMap(([run, ...others]) =>
    others.map((other) => ({ about: other, note: `has the same content as ${run}; both are kept` })),
  );
}
