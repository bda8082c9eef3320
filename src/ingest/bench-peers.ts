import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** What a tool took, in a process of its own, without its start. */
export interface Measured {
  seconds: number;
  /** Of all threads. */
  cpuSeconds: number;
  peakMegabytes: number;
  /** How many it read, where it says so. */
  operations?: number;
}

/** Something that reads results files. */
export interface Peer {
  name: string;
  /** What it is, for the table's legend. */
  about: string;
  /** Reads `input`; what it writes goes into `scratch`. Undefined where it is not installed. */
  measure(input: string, scratch: string): Promise<Measured | undefined>;
}

export const child = (script: string, ...args: string[]): Promise<Measured> =>
  execa(process.execPath, ['--input-type=module', '--eval', script, ...args]).then(({ stdout }) =>
    JSON.parse(stdout),
  );

export const NODE_REPORT = `
const seconds = (performance.now() - begin) / 1000;
const { user, system } = process.cpuUsage(started);
process.stdout.write(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1000 }));`;

export const ours: Peer = {
  name: 'npm run ingest',
  about: 'checks, classes, writes operations.parquet and the rest of the dataset',
  measure: (input, scratch) =>
    child(
      `const [input, out] = process.argv.slice(1);
const { ingest } = await import(${JSON.stringify(new URL('./ingest.js', import.meta.url).href)});
const begin = performance.now(), started = process.cpuUsage();
await ingest({ paths: [input], out, partial: true });${NODE_REPORT}`,
      input,
      join(scratch, 'dataset'),
    ),
};

const PANDAS = `
import io, json, os, resource, sys, time
import pandas as pd
root, how = sys.argv[1:]
files = [os.path.join(d, f) for d, _, fs in os.walk(root) for f in sorted(fs) if '-exec-' in f or '-query-' in f]
def split_first(path):
    with open(path, 'rb') as file: measured, errors = file.read().split(b'\\n\\nerrors\\n')
    ok = pd.read_csv(io.BytesIO(measured), sep=' ', skiprows=6, header=None, names=['start_ns', 'ms'])
    lines = errors.decode().rstrip('\\n').split('\\n')
    if lines == ['']: return ok
    return pd.concat([ok, pd.DataFrame({'start_ns': [int(l[:19]) for l in lines], 'error': [l[20:] for l in lines]})])
def read_csv_alone(path):
    with open(path) as file: n, failed = (int(file.readline().split()[1]) for _ in range(2))
    ok = pd.read_csv(path, sep=' ', skiprows=6, nrows=n, header=None, names=['start_ns', 'ms'])
    if failed == 0: return ok
    lines = pd.read_csv(path, sep=chr(1), skiprows=8 + n, nrows=failed, header=None, names=['line'])['line']
    return pd.concat([ok, pd.DataFrame({'start_ns': lines.str[:19].astype('int64'), 'error': lines.str[20:]})])
def described(frame, path):
    worker, op, _ = os.path.basename(path).split('-')
    return frame.assign(run_id=os.path.relpath(os.path.dirname(path), root), op=op, worker=int(worker))
read = split_first if how == 'split' else read_csv_alone
begin, started = time.perf_counter(), time.process_time()
frame = pd.concat([described(read(path), path) for path in files])
frame['latency_ns'] = (frame.pop('ms') * 1e6).round()
seconds = time.perf_counter() - begin
print(json.dumps({'seconds': seconds, 'cpuSeconds': time.process_time() - started, 'peakMegabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 'operations': len(frame)}))
`;

const PANDAS_ATTEMPTS = `
import json, os, resource, sys, time
import pandas as pd
root, _ = sys.argv[1:]
files = [os.path.join(d, f) for d, _, fs in os.walk(root) for f in fs if f == 'attempts.csv']
begin, started = time.perf_counter(), time.process_time()
frame = pd.concat([pd.read_csv(path, comment='#', dtype={'argument': 'str', 'result': 'str', 'reason': 'str', 'error': 'str', 'sent_ns': 'Int64', 'done_ns': 'Int64'}).assign(run_id=os.path.dirname(path)) for path in files])
seconds = time.perf_counter() - begin
print(json.dumps({'seconds': seconds, 'cpuSeconds': time.process_time() - started, 'peakMegabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 'operations': len(frame)}))
`;

const pandasReading = (name: string, about: string, how: string, program = PANDAS): Peer => ({
  name,
  about,
  async measure(input, scratch) {
    const script = join(scratch, 'read.py');
    await writeFile(script, program);
    for (const python of ['/usr/bin/python3', 'python3']) {
      const { exitCode, stdout } = await execa(python, [script, input, how], { reject: false });
      if (exitCode === 0) return JSON.parse(stdout) as Measured;
    }
    return undefined;
  },
});

const FRAME =
  'into one frame of run_id, op, worker, start_ns, latency_ns and error, in memory; checks, classes and writes nothing';

export const pandas = pandasReading(
  'pandas, read_csv',
  `each file by two calls of read_csv, for what was measured and for the errors, ${FRAME}`,
  'read_csv',
);

export const pandasSplit = pandasReading(
  'pandas, lightest',
  `each file split in two by hand, read_csv for what was measured and Python for the errors, ${FRAME}`,
  'split',
);

export const pandasAttempts = pandasReading(
  'pandas, attempts',
  'each file of attempts by one call of read_csv, into one frame in memory; checks, counts and writes nothing',
  'read_csv',
  PANDAS_ATTEMPTS,
);

export const duckdb: Peer = {
  name: 'DuckDB SQL',
  about: 'lines split by SQL functions, written as sorted Parquet',
  measure: (input, scratch) =>
    child(
      `const [input, out] = process.argv.slice(1);
const { openDuck, literal } = await import(${JSON.stringify(new URL('../dataset/duck.js', import.meta.url).href)});
const { connection } = await openDuck({ preserve_insertion_order: 'false', temp_directory: out + '.tmp' });
const begin = performance.now(), started = process.cpuUsage();
await connection.run(\`copy (
  select filename, split_part(line, ' ', 1)::bigint as start_ns,
    try_cast(replace(split_part(line, ' ', 2), '.', '') as bigint) as latency_ns, if(line[20:] similar to ' [0-9]+[.][0-9]{6}', null, line[21:]) as error
  from read_csv(\${literal(input + '/**/*-*-*')}, columns = {'line': 'VARCHAR'}, filename = true, delim = chr(1), quote = '', header = false, auto_detect = false)
  where line similar to '[0-9]{19} .*' order by filename, start_ns
) to \${literal(out)} (format parquet, compression zstd, parquet_version v2)\`);${NODE_REPORT}`,
      input,
      join(scratch, 'duckdb.parquet'),
    ),
};
