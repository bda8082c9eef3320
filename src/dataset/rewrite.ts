import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBBigIntVector, DuckDBIntegerVector } from '@duckdb/node-api';
import { UserError, unknownName } from '../common/errors.js';
import { createDataset } from './create.js';
import { toCsv } from './csv.js';
import {
  type DataPackage,
  type Description,
  describeRuns,
  readDataPackage,
  writeDataPackage,
} from './datapackage.js';
import { type Duck, literal, openDuck } from './duck.js';
import { type Dataset, openDataset } from './open.js';
import { BLOCK_ROWS, ERROR_CLASSES, encodeOperations, OperationsWriter } from './operations.js';
import { writeSamples } from './samples.js';
import { OPS, type Op, OUTCOMES, type Row, TABLES, type TableName } from './schema.js';

/** Which runs a subset has: those that fit all that is given. */
export interface Choice {
  runs?: readonly string[];
  scenarios?: readonly string[];
  status?: readonly string[];
}

/** Makes one dataset of the runs of several. Returns how many runs it has. */
export async function merge(folders: readonly string[], out: string): Promise<number> {
  return rewrite(
    folders,
    out,
    async () => true,
    (packages, runs) => ({
      ...describeRuns(runs, { contributors: [...new Set(packages.flatMap(namesOf))].sort() }),
    }),
  );
}

/** Makes a smaller dataset of some of a dataset's runs. Returns how many it has. */
export async function subset(folder: string, out: string, choice: Choice): Promise<number> {
  const chosen = (
    name: 'run_id' | 'scenario' | 'status',
    wanted: readonly string[] | undefined,
    all: Row<'runs'>[],
  ) => {
    const known = [...new Set(all.map((run) => run[name]))];
    for (const one of wanted ?? []) {
      if (!known.includes(one as never)) throw unknownName(name === 'run_id' ? 'run' : name, one, known);
    }
    return (run: Row<'runs'>): boolean => wanted === undefined || wanted.includes(run[name]);
  };
  const fits = async (dataset: Dataset) => {
    const all = await dataset.query<Row<'runs'>>('select * from runs order by run_id');
    const tests = [
      chosen('run_id', choice.runs, all),
      chosen('scenario', choice.scenarios, all),
      chosen('status', choice.status, all),
    ];
    return (run: Row<'runs'>) => tests.every((test) => test(run));
  };
  return rewrite([folder], out, fits, ([description], runs) => ({
    ...describeRuns(runs, { contributors: namesOf(description!) }),
    title: description!.title,
  }));
}

type Fits = (dataset: Dataset) => Promise<true | ((run: Row<'runs'>) => boolean)>;
type Describe = (packages: readonly DataPackage[], runs: readonly Row<'runs'>[]) => Description;

async function rewrite(
  folders: readonly string[],
  out: string,
  fits: Fits,
  describe: Describe,
): Promise<number> {
  const packages = await Promise.all(folders.map(readDataPackage));
  const datasets = await Promise.all(folders.map(openDataset));
  try {
    const chosen: { run: Row<'runs'>; dataset: Dataset }[] = [];
    for (const dataset of datasets) {
      const test = await fits(dataset);
      for (const run of await dataset.query<Row<'runs'>>('select * from runs')) {
        if (test === true || test(run)) chosen.push({ run, dataset });
      }
    }
    chosen.sort((a, b) => (a.run.run_id < b.run.run_id ? -1 : 1));
    chosen.forEach(({ run, dataset }, i) => {
      const other = chosen[i + 1];
      if (other?.run.run_id === run.run_id) {
        throw new UserError(`the run ${run.run_id} is in both ${dataset.folder} and ${other.dataset.folder}`);
      }
    });
    if (chosen.length === 0) throw new UserError('no run fits: the dataset would be empty');
    await createDataset(out, async (folder) => {
      const writer = new OperationsWriter(join(folder, TABLES.operations.file));
      try {
        for (const { run, dataset } of chosen) await copyOperations(dataset.folder, run.run_id, writer);
        writer.end();
      } catch (error) {
        writer.abandon();
        throw error;
      }
      const runs = chosen.map(({ run }) => run);
      await writeFile(join(folder, TABLES.runs.file), toCsv('runs', runs));
      const rows = <N extends TableName>(name: N) => rowsOf(name, chosen);
      await writeFile(join(folder, TABLES.events.file), toCsv('events', await rows('events')));
      await writeFile(join(folder, TABLES.sources.file), toCsv('sources', await rows('sources')));
      await writeSamples(join(folder, TABLES.samples.file), await rows('samples'));
      await writeDataPackage(folder, describe(packages, runs));
    });
    return chosen.length;
  } finally {
    for (const dataset of datasets) dataset.close();
  }
}

async function rowsOf<N extends TableName>(
  name: N,
  chosen: readonly { run: Row<'runs'>; dataset: Dataset }[],
): Promise<Row<N>[]> {
  const rows: Row<N>[] = [];
  for (const { run, dataset } of chosen) {
    const found = await dataset.query<Row<N>>(`select * from ${name} where run_id = $run_id`, {
      run_id: run.run_id,
    });
    for (const row of found) rows.push(row);
  }
  return rows;
}

/** Hands a run's operations to the writer, in blocks as they were when its results were read. */
async function copyOperations(folder: string, run: string, writer: OperationsWriter): Promise<void> {
  const duck = await openDuck({ threads: '1' });
  try {
    const copy = new Copy(run, writer);
    for await (const chunk of chunksOf(duck, join(folder, TABLES.operations.file), run)) copy.add(chunk);
    copy.flush();
  } finally {
    duck.close();
  }
}

interface OperationsChunk {
  rows: number;
  worker: Int32Array;
  op: Int32Array;
  seq: Int32Array;
  start: BigInt64Array;
  latency: BigInt64Array;
  outcome: Int32Array;
  errorClass: Int32Array;
  error: (string | null)[];
}

async function* chunksOf(duck: Duck, path: string, run: string): AsyncGenerator<OperationsChunk> {
  const place = (column: string, values: readonly string[]): string =>
    `coalesce(list_position([${values.map(literal).join(', ')}], ${column}), 0)::integer - 1`;
  const result = await duck.connection.stream(
    `select worker, ${place('op', OPS)} as op, seq, start_ns, coalesce(latency_ns, -1) as latency_ns,
       ${place('outcome', OUTCOMES)} as outcome, ${place('error_class', ERROR_CLASSES)} as error_class, error
     from read_parquet(${literal(path)}) where run_id = $run`,
    { run },
  );
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    const integers = (i: number): Int32Array =>
      (chunk.getColumnVector(i) as DuckDBIntegerVector as unknown as { items: Int32Array }).items;
    const bigints = (i: number): BigInt64Array =>
      (chunk.getColumnVector(i) as DuckDBBigIntVector as unknown as { items: BigInt64Array }).items;
    yield {
      rows: chunk.rowCount,
      worker: integers(0),
      op: integers(1),
      seq: integers(2),
      start: bigints(3),
      latency: bigints(4),
      outcome: integers(5),
      errorClass: integers(6),
      error: chunk.getColumnValues(7) as (string | null)[],
    };
  }
}

/** Gathers rows into blocks of one worker, op, and either successes or errors. */
class Copy {
  private rows = 0;
  private worker = 0;
  private op = 0;
  private ok = true;
  private firstSeq = 0;
  private base = 0n;
  private startRange: [number, number] = [0, 0];
  private latencyRange: [number, number] = [0, 0];
  private readonly starts = new Float64Array(BLOCK_ROWS);
  private readonly latencies = new Float64Array(BLOCK_ROWS);
  private readonly message = new Uint32Array(BLOCK_ROWS);
  private readonly outcome = new Uint8Array(BLOCK_ROWS);
  private readonly errorClass = new Uint8Array(BLOCK_ROWS);
  private messages = new Map<string, number>();

  constructor(
    private readonly run: string,
    private readonly writer: OperationsWriter,
  ) {}

  add(chunk: OperationsChunk): void {
    for (let i = 0; i < chunk.rows; i++) {
      const ok = chunk.outcome[i] === 0;
      const same = chunk.worker[i] === this.worker && chunk.op[i] === this.op && ok === this.ok;
      if (!same || this.rows === BLOCK_ROWS) this.flush();
      if (this.rows === 0) {
        this.worker = chunk.worker[i]!;
        this.op = chunk.op[i]!;
        this.ok = ok;
        this.firstSeq = chunk.seq[i]!;
        this.base = chunk.start[i]!;
        this.startRange = [Infinity, -Infinity];
        this.latencyRange = [Infinity, -Infinity];
      }
      this.starts[this.rows] = widen(this.startRange, Number(chunk.start[i]! - this.base));
      if (ok) this.latencies[this.rows] = widen(this.latencyRange, Number(chunk.latency[i]!));
      else this.addError(chunk, i);
      this.rows++;
    }
  }

  flush(): void {
    const { rows, base, starts, latencies, ok } = this;
    if (rows === 0) return;
    const block = encodeOperations({
      rows,
      base,
      starts,
      latencies: ok ? latencies : null,
      startRange: this.startRange,
      latencyRange: this.latencyRange,
      errors: ok
        ? null
        : {
            messages: [...this.messages.keys()],
            message: this.message.slice(0, rows),
            outcome: this.outcome.slice(0, rows),
            errorClass: this.errorClass.slice(0, rows),
          },
    });
    this.writer.add(this.run, OPS[this.op] as Op, this.worker, this.firstSeq, block);
    this.rows = 0;
    this.messages = new Map();
  }

  private addError(chunk: OperationsChunk, i: number): void {
    const words = chunk.error[i]!;
    const place = this.messages.get(words) ?? this.messages.size;
    this.messages.set(words, place);
    this.message[this.rows] = place;
    this.outcome[this.rows] = chunk.outcome[i]!;
    this.errorClass[this.rows] = chunk.errorClass[i]!;
  }
}

function widen(range: [number, number], value: number): number {
  if (value < range[0]) range[0] = value;
  if (value > range[1]) range[1] = value;
  return value;
}

function namesOf(description: DataPackage): string[] {
  return description.contributors.map(({ title }) => title);
}
