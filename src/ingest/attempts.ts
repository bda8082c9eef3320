import { join } from 'node:path';
import { UserError } from '../common/errors.js';
import { createTable } from '../dataset/append.js';
import { ACKNOWLEDGED_WRITES, OPERATION_OUTCOME } from '../dataset/client-sql.js';
import { ask, type Duck, literal, openDuck } from '../dataset/duck.js';
import { checksum } from '../dataset/files.js';
import { type Column, type Row, TABLES } from '../dataset/schema.js';
import { type ClientFile, type Counts, readClientFile } from './client-file.js';
import type { RunToIngest } from './run.js';

/** Names of the files that a client leaves in the results of a capture. */
export const ATTEMPTS_FILE = 'attempts.csv';
export const CLIENT_FILE = 'client.json';

/** What the attempts of a run tell of it. */
export interface AttemptFacts {
  firstNs: bigint | null;
  acknowledged: number;
}

/**
 * Reads what clients recorded into attempts.parquet, and returns what it tells of each run; nothing is written where no run
 * has a client. Instants of the client's own clock become Unix time by its anchor.
 * @throws UserError where the attempts of a run do not add up to what its client counted
 */
export async function readAttempts(
  runs: readonly RunToIngest[],
  path: string,
  signal?: AbortSignal,
): Promise<{ facts: Map<string, AttemptFacts>; sources: Row<'sources'>[] }> {
  const facts = new Map<string, AttemptFacts>();
  const sources: Row<'sources'>[] = [];
  const recorded = runs.filter(({ clientFolder }) => clientFolder !== null);
  if (recorded.length === 0) return { facts, sources };
  const duck = await openDuck({ threads: '2' });
  try {
    await createTable(duck, TABLES.attempts, 'attempts');
    for (const run of recorded) {
      signal?.throwIfAborted();
      const file = join(run.clientFolder!, ATTEMPTS_FILE);
      const client = readClientFile(join(run.clientFolder!, CLIENT_FILE));
      const kept = run.row.status !== 'failed';
      const lines = await linesOf(duck, file);
      if (kept) {
        await insert(duck, run.row.run_id, file, client);
        await requireTotals(duck, run.row.run_id, file, client);
        facts.set(run.row.run_id, await factsOf(duck, run.row.run_id));
      }
      sources.push(await sourceOf(run, file, lines, kept));
    }
    await duck.connection.run('SET threads = 1'); // the same rows give the same bytes
    await duck.connection.run(
      `COPY (FROM attempts ORDER BY ${TABLES.attempts.sortedBy.join(', ')}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`,
    );
  } finally {
    duck.close();
  }
  return { facts, sources };
}

/** Lines that a flush wrote to tell how far it is begin with it. */
const NOTE = '#';
/** What the client writes as it is; the rest of the table's columns is made of it. */
const COLUMNS = (TABLES.attempts.columns as readonly Column[]).filter(({ name }) => name !== 'run_id');
const readingOf = (name: string) => `${name} + offset_ns`;

async function insert(duck: Duck, run: string, file: string, { anchor, config }: ClientFile): Promise<void> {
  const types = COLUMNS.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ');
  const selected = COLUMNS.map(({ name }) => {
    if (name.endsWith('_ns')) return `${readingOf(name)} AS ${name}`;
    if (name === 'node') return `CASE node ${nodeNames(config.addresses)} END AS node`;
    return `"${name}"`;
  });
  try {
    await duck.connection.run(
      `INSERT INTO attempts BY NAME SELECT ${literal(run)} AS run_id, ${selected.join(', ')}
       FROM (SELECT *, ${anchor.unix_ns - BigInt(anchor.reading_ns)}::BIGINT AS offset_ns
             FROM read_csv(${literal(file)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
               comment = ${literal(NOTE)}, nullstr = '', columns = {${types}}))`,
    );
  } catch (cause) {
    throw new UserError(`${file}: not what a client writes: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
}

/** Nodes are named in the order in which the client was given their addresses. */
function nodeNames(addresses: readonly string[]): string {
  return addresses.map((address, i) => `WHEN ${literal(address)} THEN 'raft${i + 1}'`).join(' ');
}

/** Every operation that was offered came to exactly one end, and to as many of each as the client counted. */
async function requireTotals(duck: Duck, run: string, file: string, { totals }: ClientFile): Promise<void> {
  const [found] = await ask<Record<keyof Counts, bigint>>(
    duck,
    `SELECT count(*) AS offered, count(*) FILTER (outcome = 'ok') AS ok, count(*) FILTER (outcome = 'fail') AS fail,
       count(*) FILTER (outcome = 'unknown') AS unknown, count(*) FILTER (outcome = 'dropped') AS dropped
     FROM (SELECT ${OPERATION_OUTCOME} AS outcome FROM attempts WHERE run_id = ${literal(run)} GROUP BY operation)`,
  );
  if (!totals)
    throw new UserError(`${file}: its client did not come to its end, so that operations may be missing`);
  for (const [name, count] of Object.entries(totals)) {
    const here = found![name as keyof Counts];
    if (BigInt(count) === here) continue;
    throw new UserError(
      `${file}: expected ${count} operations (${name}), as its client counted, found ${here}: the file is cut off or was changed`,
    );
  }
}

async function factsOf(duck: Duck, run: string): Promise<AttemptFacts> {
  const [found] = await ask<{ first: bigint | null; acknowledged: bigint }>(
    duck,
    `SELECT min(intended_ns) AS first,
       ${ACKNOWLEDGED_WRITES} AS acknowledged
     FROM attempts WHERE run_id = ${literal(run)}`,
  );
  return { firstNs: found!.first, acknowledged: Number(found!.acknowledged) };
}

interface Lines {
  all: number;
  notes: number;
}

async function linesOf(duck: Duck, file: string): Promise<Lines> {
  // each line as one field, whatever stands in it
  const [found] = await ask<{ lines: bigint; notes: bigint }>(
    duck,
    `SELECT count(*) AS lines, count(*) FILTER (starts_with(line, ${literal(NOTE)})) AS notes
     FROM read_csv(${literal(file)}, header = false, auto_detect = false, delim = chr(1), quote = '', escape = '',
       columns = {line: 'VARCHAR'}, max_line_size = 10000000)`,
  );
  return { all: Number(found!.lines), notes: Number(found!.notes) };
}

async function sourceOf(
  { row, recorded }: RunToIngest,
  path: string,
  { all, notes }: Lines,
  kept: boolean,
): Promise<Row<'sources'>> {
  const { bytes, sha256 } = await checksum(path);
  if (recorded.get(ATTEMPTS_FILE) !== sha256) {
    throw new UserError(
      `${path} is not what its manifest recorded (its SHA-256 differs): take it from its origin again`,
    );
  }
  const rows = all - notes - 1;
  return {
    run_id: row.run_id,
    worker: null,
    op: null,
    file: ATTEMPTS_FILE,
    bytes,
    sha256,
    lines: all,
    lines_kept: kept ? rows : 0,
    lines_layout: notes + 1,
    lines_cut: 0,
    lines_refused: kept ? 0 : rows,
  };
}
