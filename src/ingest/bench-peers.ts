import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** What a tool took, in a process of its own, without its start. */
export interface Measured {
  seconds: number;
  /** Of all threads. */
  cpuSeconds: number;
  peakMegabytes: number;
}

/** Something that reads results files. */
export interface Peer {
  name: string;
  /** What it is, for the table's legend. */
  about: string;
  /** Reads `input`; what it writes goes into `scratch`. Undefined where it is not installed. */
  measure(input: string, scratch: string): Promise<Measured | undefined>;
}

const child = (script: string, ...args: string[]): Promise<Measured> =>
  execa(process.execPath, ['--input-type=module', '--eval', script, ...args]).then(({ stdout }) =>
    JSON.parse(stdout),
  );

const NODE_REPORT = `
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
import json, os, resource, sys, time
import pandas as pd
files = [os.path.join(d, f) for d, _, fs in os.walk(sys.argv[1]) for f in fs if '-exec-' in f or '-query-' in f]
def counts(path):
    with open(path) as file:
        return int(file.readline().split()[1]), int(file.readline().split()[1])
def measured(path):
    n, _ = counts(path)
    return pd.read_csv(path, sep=' ', skiprows=6, nrows=n, header=None, names=['start_ns', 'ms'])
def errors(path):
    n, failed = counts(path)
    if failed == 0: return None
    lines = pd.read_csv(path, sep=chr(1), skiprows=8 + n, nrows=failed, header=None, names=['line'], skip_blank_lines=False)
    return lines['line'].str.split(' ', n=1, expand=True)
begin, started = time.perf_counter(), time.process_time()
for path in files:
    measured(path)
    if sys.argv[2] == 'all': errors(path)
seconds = time.perf_counter() - begin
print(json.dumps({'seconds': seconds, 'cpuSeconds': time.process_time() - started, 'peakMegabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))
`;

const pandasReading = (name: string, about: string, what: 'all' | 'measured'): Peer => ({
  name,
  about,
  async measure(input, scratch) {
    const script = join(scratch, 'read.py');
    await writeFile(script, PANDAS);
    for (const python of ['/usr/bin/python3', 'python3']) {
      const { exitCode, stdout } = await execa(python, [script, input, what], { reject: false });
      if (exitCode === 0) return JSON.parse(stdout) as Measured;
    }
    return undefined;
  },
});

export const pandas = pandasReading(
  'pandas',
  'read_csv of what was measured and of the errors, file by file, checking, keeping and writing nothing',
  'all',
);

export const pandasMeasured = pandasReading('pandas, no errors', 'the same without the errors', 'measured');

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
