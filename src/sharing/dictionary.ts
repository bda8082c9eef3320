import type { Column, Table } from '../dataset/schema.js';
import { ALL_TABLES } from '../results/core/tables.js';
import { ERROR_CLASSES } from '../vocabulary/outcomes.js';

/** The data dictionary, data/README.md, as Markdown: made from the same source as the tables themselves. */
export function dictionary(): string {
  return `<!-- Made from src/dataset/schema.ts and src/results/ by "npm run dataset -- dictionary": change it there. -->

# The data

Each folder here is a dataset: the runs made together, as tables. \`datapackage.json\` in it (Data Package v2) lists its
files with their length, SHA-256 and columns. The data is under CC-BY-4.0. \`published-2022.csv\`, beside the datasets, holds
the figures that the 2022 evaluation published.

${body('data/reference/')}`;
}

/** The data dictionary that goes with one dataset, in its own folder. */
export function dictionaryOfOne(): string {
  return `# What every column means

\`datapackage.json\` (Data Package v2) says the same for programs, with the length and SHA-256 of each file.

${body('')}`;
}

/** @param folder where the files of the examples are: empty, or with a slash at its end */
function body(folder: string): string {
  const tables = ALL_TABLES;
  return `| table | file | a row is |
| --- | --- | --- |
${tables.map((table) => `| [${table.name}](#${table.name}) | \`${table.file}\` | ${table.row} |`).join('\n')}

Times are whole nanoseconds (of Unix time, where they are instants), sizes are bytes, a column's name carries its unit,
and what is missing is null: an empty field in CSV. A table without rows may have no file.

## Opening it

The Parquet files have plain types only. In DuckDB:

\`\`\`sql
create view runs as from '${folder}runs.csv';
create view operations as from '${folder}operations.parquet';
select scenario, op, count(*), quantile_cont(latency_ns, 0.99) / 1e6 as p99_ms from operations join runs using (run_id) group by all;
\`\`\`

In pandas:

\`\`\`python
import pandas as pd
runs = pd.read_csv("${folder}runs.csv")
operations = pd.read_parquet("${folder}operations.parquet").merge(runs, on="run_id")
\`\`\`

In polars:

\`\`\`python
import polars as pl
runs = pl.read_csv("${folder}runs.csv", infer_schema_length=None)
operations = pl.scan_parquet("${folder}operations.parquet").join(runs.lazy(), on="run_id")
\`\`\`

In R:

\`\`\`r
library(arrow); library(dplyr)
runs <- read_csv_arrow("${folder}runs.csv")
operations <- open_dataset("${folder}operations.parquet") |> inner_join(runs, by = "run_id")
\`\`\`

R's own \`read.csv\` makes doubles of nanoseconds, which are then exact to 256 ns only, and text of true and false; arrow (as
above) and \`data.table::fread\` keep them.

In pandas latencies become floats, since some are missing; they are exact below 2^53 ns.

## Words

**Scenario**: a question to the cluster. **Fault**: what is broken, in whom, how hard (severity), and when. **Run**: one
execution; **trial**: the same again; **campaign**: the runs made together. **Evidence**: the measurement that a fault took
effect; past its threshold, the fault is **confirmed**. **Outage**: from the fault until operations succeed again; gaps under
0.25 s are ignored. **Open loop**: operations are due by a schedule that does not wait; **closed loop**: each worker waits for its
answer. **Ok, fail, unknown, dropped**: it succeeded; it did not happen; nobody can tell; it was never sent. **Burner**: a process
that uses all the CPU time that it gets (a CPU stressor). **≥**: a lower bound: the run, or the fault, ended first.

## How the operations came to be

The benchmark writes a file for each worker and kind of operation. Every line of it becomes a row of \`operations\` or is
counted in \`sources\` as set aside, and from \`operations\` and \`sources\` each file can be written again, byte for byte
(\`npm run dataset -- restore\`). What the benchmark does not record is not made up:

- An error has a start but no latency.
- A worker that never succeeded at a kind of operation leaves no file of that kind, and its errors are lost.
- The workers are a closed loop: a stalled worker starts nothing, so slow periods have fewer operations than they would
  have at a constant rate.

Where a dataset would be too large to share, \`npm run dataset -- subset --operations-of-trials 1\` leaves out the
operations of later trials. Their runs, events, samples and sources stay, and so do the results of all runs in \`results/\`: what
every number over trials is made from, whether or not the operations are there. The last column of a result, \`definition\`, is
the version of the definition that made the row: where that has changed since, the tools make the rows again from the
operations, where these are there.

Outcomes: \`ok\`; \`fail\` where the error says that the operation did not happen (classes locked, checkpoint, no_leader);
\`censored\` for a worker's last operation where the run's end cut it off (classes timeout, canceled); \`indeterminate\` for
every other error: nobody can tell whether a write happened. A message never seen before has the class unknown. The classes
are ${ERROR_CLASSES.join(', ')}.

A run is \`complete\` when all that was planned was recorded. A measured run has the files that its capture lists, and one
at least for every worker; an imported run has files of both kinds for every worker, since nothing lists what belongs to
it. Otherwise it is \`partial\`: it is only ingested when asked for with \`--partial\`, and no figure uses it. A clock that
was set back by more than a second also makes a run partial; by less, it is flagged \`clock_stepped_back\`. A \`failed\` run
keeps its row, and has no operations.

${tables.map(section).join('\n')}`;
}

function section(table: Table): string {
  const key = table.key ? ` Its key is ${names(table.key)}.` : '';
  return `## ${table.name}

\`${table.file}\`: a row is ${table.row}. Rows are in the order of ${names(table.sortedBy)}.${key}

| column | type | unit | meaning |
| --- | --- | --- | --- |
${table.columns.map(row).join('\n')}
`;
}

function row(column: Column): string {
  const notes = [
    column.oneOf ? `One of ${names(column.oneOf)}.` : '',
    column.references ? `Stands in \`${column.references}\`.` : '',
    column.optional ? 'May be missing.' : '',
  ];
  const about = column.about.endsWith('.') ? column.about : `${column.about}.`;
  const meaning = [about, ...notes].filter(Boolean).join(' ').replaceAll('|', '\\|');
  return `| \`${column.name}\` | ${column.type} | ${column.unit ?? ''} | ${meaning} |`;
}

function names(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
