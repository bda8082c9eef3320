import {
  ATTEMPT_OUTCOMES,
  ATTEMPT_REASONS,
  CLIENT_OPS,
  CONSISTENCY_VERDICTS,
} from '../vocabulary/attempts.js';
import { EVENTS } from '../vocabulary/events.js';
import { EVIDENCE_METRICS, type EvidenceMetric } from '../vocabulary/evidence.js';
import { FAILURE_NAMES } from '../vocabulary/failures.js';
import { FLAGS } from '../vocabulary/flags.js';
import { EXPECTED_MODEL, MODELS } from '../vocabulary/models.js';
import { ERROR_CLASSES, OPS, OUTCOMES } from '../vocabulary/outcomes.js';
import { RUNTIME_NAMES } from '../vocabulary/runtimes.js';
import { SEVERITY_UNITS } from '../vocabulary/severity-units.js';
import { WORKLOAD_NAMES, WORKLOADS } from '../vocabulary/workloads.js';

/**
 * The tables of a dataset: the one source of their columns, types, checks, `datapackage.json` and data dictionary.
 *
 * Times are whole nanoseconds, sizes are bytes, a column's name carries its unit, and what is missing is null.
 */

/** Who faults can be aimed at. */
const TARGET_ROLES = ['none', 'leader', 'follower', 'newcomer', 'several'] as const;

/** The DuckDB types in use; all of them are plain Parquet types. */
export type SqlType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN';

export interface Column {
  readonly name: string;
  readonly type: SqlType;
  /** What a value means, for the data dictionary. */
  readonly about: string;
  readonly unit?: string;
  /** Whether a value may be missing (null). Default: false. */
  readonly optional?: boolean;
  /** What it is in a file that was made before there was such a column. Default: missing. */
  readonly formerly?: number;
  readonly oneOf?: readonly string[];
  readonly minimum?: number;
  /** `table.column` that each value must stand in. */
  readonly references?: string;
}

export interface Table {
  readonly name: string;
  readonly file: string;
  readonly row: string;
  readonly columns: readonly Column[];
  /** The order in which rows are stored. */
  readonly sortedBy: readonly string[];
  /** The columns that tell every row from every other, where there are such. */
  readonly key?: readonly string[];
}

function described(meanings: Readonly<Record<string, string>>): string {
  return Object.entries(meanings)
    .map(([name, about]) => `${name}: ${about}`)
    .join('; ');
}

/** The first column of every table but `runs`. */
export const runId = {
  name: 'run_id',
  type: 'VARCHAR',
  about: 'The run',
  references: 'runs.run_id',
} as const;

const runs = {
  name: 'runs',
  file: 'runs.csv',
  row: 'a run: one trial of one configuration of a scenario',
  key: ['run_id'],
  sortedBy: ['run_id'],
  columns: [
    { name: 'run_id', type: 'VARCHAR', about: 'Names the run; unique in the dataset' },
    { name: 'campaign', type: 'VARCHAR', about: 'The runs made together' },
    { name: 'scenario', type: 'VARCHAR', about: 'The question put to the cluster' },
    {
      name: 'fault',
      type: 'VARCHAR',
      about: 'The kind of fault; none in a baseline; several kinds are joined by +',
    },
    {
      name: 'target_role',
      type: 'VARCHAR',
      about:
        'Who was to be hit, in the role it had when the fault was injected; several where faults of the run differ in it',
      oneOf: TARGET_ROLES,
    },
    {
      name: 'target_node',
      type: 'VARCHAR',
      about: 'The node that was hit; several are separated by semicolons',
      optional: true,
    },
    {
      name: 'severity',
      type: 'DOUBLE',
      about: 'How hard, in severity_unit; null where faults of the run differ in it',
      optional: true,
    },
    {
      name: 'severity_unit',
      type: 'VARCHAR',
      about: `The unit of severity: ${Object.keys(SEVERITY_UNITS).join(', ')}, or s_after_start for imported crashes`,
      optional: true,
    },
    {
      name: 'inject_at_s',
      type: 'DOUBLE',
      unit: 's',
      about:
        'When the fault, or the first of several, was planned, from the start of the workload; 0 is from the start',
      optional: true,
    },
    {
      name: 'lift_at_s',
      type: 'DOUBLE',
      unit: 's',
      about:
        'When the lift, or the last of several, was planned, from the start of the workload; null is never',
      optional: true,
    },
    {
      name: 'faults',
      type: 'VARCHAR',
      about:
        'The faults of a run that has several, as JSON, in the order of their numbers (fault_no): kind, target, severity, severity_unit, inject_at_s, lift_at_s; null where there is one or none',
      optional: true,
    },
    {
      name: 'workers',
      type: 'INTEGER',
      about: 'Concurrent workers of the driver; of the client: its connections',
      minimum: 1,
    },
    {
      name: 'workload',
      type: 'VARCHAR',
      about: Object.entries(WORKLOADS)
        .map(([name, { about }]) => `${name}: ${about}`)
        .join('; '),
      oneOf: WORKLOAD_NAMES,
    },
    { name: 'duration_s', type: 'DOUBLE', unit: 's', about: 'Planned length of the workload', minimum: 0 },
    { name: 'trial', type: 'INTEGER', about: 'Which repetition of its configuration, from 1', minimum: 1 },
    {
      name: 'block',
      type: 'INTEGER',
      about: 'Which shuffled block, from 1: each holds every configuration once',
      optional: true,
      minimum: 1,
    },
    {
      name: 'position',
      type: 'INTEGER',
      about: 'Place in the shuffled order of the campaign, from 1',
      optional: true,
      minimum: 1,
    },
    { name: 'seed', type: 'BIGINT', about: 'Seed of the shuffle', optional: true, minimum: 0 },
    {
      name: 'part',
      type: 'VARCHAR',
      about:
        'Which part of the campaign the run was planned in, such as 3/8: whole blocks, made on a machine of their own; null where it was not parted',
      optional: true,
    },
    {
      name: 'plan',
      type: 'VARCHAR',
      about: 'Fingerprint of the whole plan that a part is of; the same in all its parts',
      optional: true,
    },
    {
      name: 'plan_blocks',
      type: 'INTEGER',
      about: 'Blocks of the whole plan that a part is of',
      optional: true,
      minimum: 1,
    },
    {
      name: 'driver_node',
      type: 'VARCHAR',
      about: 'The node whose process ran the workers; client where that was no node',
    },
    {
      name: 'driver_role',
      type: 'VARCHAR',
      about: 'The role of the driver when the workload started; client where it was no node',
      oneOf: ['leader', 'follower', 'client'],
    },
    {
      name: 'arrivals',
      type: 'VARCHAR',
      about:
        'open: operations came by a schedule that did not wait; closed: each worker waited for its answer; null for 2022’s benchmark, which is closed',
      oneOf: ['open', 'closed'],
      optional: true,
    },
    {
      name: 'offered_per_s',
      type: 'DOUBLE',
      unit: '1/s',
      about: 'Operations a second of the schedule; null in a closed loop',
      optional: true,
      minimum: 0,
    },
    {
      name: 'capacity_per_s',
      type: 'DOUBLE',
      unit: '1/s',
      about:
        'Operations a second of the closed loop that was run before the block, which the offered rate is a share of; null where the rate is none',
      optional: true,
      minimum: 0,
    },
    {
      name: 'client_settings',
      type: 'VARCHAR',
      about: 'How the client behaved, as JSON: mix, keys, policy, time-outs; null for 2022’s benchmark',
      optional: true,
    },
    {
      name: 'node_settings',
      type: 'VARCHAR',
      about:
        'How the nodes were set, as JSON: how many, of which roles, and more; null where as go-dqlite has them',
      optional: true,
    },
    {
      name: 'started_at',
      type: 'VARCHAR',
      about: 'When the workload started: UTC, ISO 8601',
      optional: true,
    },
    {
      name: 'status',
      type: 'VARCHAR',
      about:
        'complete: all that was planned was recorded; partial: a worker’s file is missing or cut off; failed: see status_reason',
      oneOf: ['complete', 'partial', 'failed'],
    },
    { name: 'status_reason', type: 'VARCHAR', about: 'Why a run is not complete', optional: true },
    {
      name: 'failure',
      type: 'VARCHAR',
      about: 'What went wrong in a run that failed',
      oneOf: FAILURE_NAMES,
      optional: true,
    },
    {
      name: 'repeated',
      type: 'BOOLEAN',
      about:
        'Whether this attempt was made again, since it failed or was disturbed: the run without the -a and number at the end of its name stands for it, and it is left out of results over runs',
      optional: true,
    },
    {
      name: 'fault_confirmed',
      type: 'BOOLEAN',
      about:
        'Whether a measurement in `evidence` shows that the fault took effect, of several that each did; null where there was none to show',
      optional: true,
    },
    {
      name: 'acknowledged_writes',
      type: 'BIGINT',
      about: 'Writes that a worker was told had succeeded',
      optional: true,
      minimum: 0,
    },
    {
      name: 'rows_found',
      type: 'BIGINT',
      about: 'Rows in the cluster after the run, with quorum back',
      optional: true,
      minimum: 0,
    },
    {
      name: 'consistency_expected',
      type: 'VARCHAR',
      about: `The weakest model of consistency that is good enough; null where nobody said: then it is ${EXPECTED_MODEL}`,
      oneOf: MODELS,
      optional: true,
    },
    {
      name: 'consistency',
      type: 'VARCHAR',
      about:
        'Whether what the client saw was as consistent as expected: valid, invalid (npm run check shows the operations), or unknown; null for 2022’s benchmark, which records no keys',
      oneOf: CONSISTENCY_VERDICTS,
      optional: true,
    },
    {
      name: 'consistency_model',
      type: 'VARCHAR',
      about: 'The strongest model that holds, as far as was found',
      optional: true,
    },
    {
      name: 'consistency_reason',
      type: 'VARCHAR',
      about: 'What is wrong, or why nothing can be said; null where nothing is',
      optional: true,
    },
    {
      name: 'consistency_witness',
      type: 'VARCHAR',
      about:
        'At most ten operations that show what is wrong by themselves, as JSON, by the time they were sent: columns of attempts, sent_ns and done_ns in Unix time, done_ns null where it is open for ever; null where nothing is wrong',
      optional: true,
    },
    {
      name: 'other_cpu_fraction',
      type: 'DOUBLE',
      about:
        'Share of the host’s CPU time that was used by neither the nodes nor the fault during the workload; a little below 0 where clocks of different grain explain too much (in the reference campaign: cut at 0)',
      optional: true,
    },
    {
      name: 'run_flags',
      type: 'VARCHAR',
      about: `Doubts about the run, separated by semicolons: ${Object.entries(FLAGS)
        .map(([name, about]) => `${name}: ${about}`)
        .join('; ')}`,
      optional: true,
    },
    {
      name: 'debian_release',
      type: 'VARCHAR',
      about: 'The Debian release whose dqlite ran',
      optional: true,
    },
    { name: 'dqlite_version', type: 'VARCHAR', about: 'Version of libdqlite', optional: true },
    {
      name: 'go_dqlite_version',
      type: 'VARCHAR',
      about:
        'Version of go-dqlite in the nodes; the client has that of another release where client_settings names one',
      optional: true,
    },
    { name: 'image_id', type: 'VARCHAR', about: 'Content hash of the container image', optional: true },
    { name: 'docker_version', type: 'VARCHAR', about: 'Version of the Docker engine', optional: true },
    { name: 'compose_version', type: 'VARCHAR', about: 'Version of Compose', optional: true },
    {
      name: 'cgroup_version',
      type: 'INTEGER',
      about: 'Version of control groups on the host',
      optional: true,
    },
    {
      name: 'host',
      type: 'VARCHAR',
      about: 'The machine that made the run, by the name it calls itself; a block is one of its host',
      optional: true,
    },
    { name: 'kernel', type: 'VARCHAR', about: 'Kernel release of the host', optional: true },
    { name: 'host_cpus', type: 'INTEGER', about: 'Logical CPUs of the host', optional: true, minimum: 1 },
    { name: 'host_cpu_model', type: 'VARCHAR', about: 'CPU model of the host', optional: true },
    {
      name: 'host_memory_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      about: 'Memory of the host',
      optional: true,
      minimum: 0,
    },
    {
      name: 'host_swap_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      about: 'Swap of the host; with none, a memory limit kills rather than slows',
      optional: true,
      minimum: 0,
    },
    {
      name: 'runtime',
      type: 'VARCHAR',
      about: 'What the nodes ran in; numbers of different runtimes are not compared',
      oneOf: RUNTIME_NAMES,
    },
    {
      name: 'source',
      type: 'VARCHAR',
      about: 'measured: by a campaign of this project; imported: from results of another origin',
      oneOf: ['measured', 'imported'],
    },
  ],
} as const satisfies Table;

const operations = {
  name: 'operations',
  file: 'operations.parquet',
  row: 'an operation: one read or write that a worker tried',
  key: ['run_id', 'op', 'worker', 'seq'],
  sortedBy: ['run_id', 'op', 'worker', 'seq'],
  columns: [
    runId,
    { name: 'worker', type: 'INTEGER', about: 'The worker, from 0', minimum: 0 },
    { name: 'op', type: 'VARCHAR', about: 'exec is a write, query a read', oneOf: OPS },
    {
      name: 'seq',
      type: 'INTEGER',
      about:
        'Place in what the worker recorded of this op, from 0: first what was ok, then what was not, each as it was tried. The clock may have been set back in between, so start_ns alone does not give the order',
      minimum: 0,
    },
    { name: 'start_ns', type: 'BIGINT', unit: 'ns', about: 'When it was started: Unix time', minimum: 0 },
    {
      name: 'latency_ns',
      type: 'BIGINT',
      unit: 'ns',
      about: 'How long it took; null unless ok, since the benchmark records no duration of errors',
      optional: true,
      minimum: 0,
    },
    {
      name: 'outcome',
      type: 'VARCHAR',
      about:
        'ok; fail: it did not happen; indeterminate: nobody can tell; censored: the run ended before it could',
      oneOf: OUTCOMES,
    },
    { name: 'error', type: 'VARCHAR', about: 'The error’s message, whole; null when ok', optional: true },
    {
      name: 'error_class',
      type: 'VARCHAR',
      about: 'What kind of error; unknown for a message never seen before; null when ok',
      oneOf: ERROR_CLASSES,
      optional: true,
    },
  ],
} as const satisfies Table;

const attempts = {
  name: 'attempts',
  file: 'attempts.parquet',
  row: 'an attempt of the client: one try of an operation; an operation that was dropped has one row, too',
  key: ['run_id', 'operation', 'attempt'],
  sortedBy: ['run_id', 'operation', 'attempt'],
  columns: [
    runId,
    {
      name: 'operation',
      type: 'INTEGER',
      about: 'What the client wanted: numbers from 0 in the order in which they were due',
      minimum: 0,
    },
    { name: 'attempt', type: 'INTEGER', about: 'Which try, from 1; 0 where it was dropped', minimum: 0 },
    {
      name: 'client',
      type: 'INTEGER',
      about: 'Who asked: one that has at most one operation at a time, from 0; null where it was dropped',
      minimum: 0,
      optional: true,
    },
    { name: 'op', type: 'VARCHAR', about: 'What kind of operation', oneOf: CLIENT_OPS },
    {
      name: 'key',
      type: 'INTEGER',
      about: 'The register or list; null of a transaction',
      optional: true,
    },
    {
      name: 'argument',
      type: 'VARCHAR',
      about:
        'JSON: the value that is written or appended, [expected, new] of a compare-and-set, the steps of a transaction',
      optional: true,
    },
    {
      name: 'result',
      type: 'VARCHAR',
      about:
        'JSON: the value or the list that was read, whether a compare-and-set took place, the steps of a transaction with what they read; null unless ok',
      optional: true,
    },
    {
      name: 'intended_ns',
      type: 'BIGINT',
      unit: 'ns',
      about: 'When the operation was due: Unix time. In a closed loop, when its worker began it',
      minimum: 0,
    },
    {
      name: 'sent_ns',
      type: 'BIGINT',
      unit: 'ns',
      about: 'When this attempt was sent: Unix time; null where it was not',
      optional: true,
      minimum: 0,
    },
    {
      name: 'done_ns',
      type: 'BIGINT',
      unit: 'ns',
      about: 'When this attempt ended: Unix time; null where nothing ever came',
      optional: true,
      minimum: 0,
    },
    {
      name: 'outcome',
      type: 'VARCHAR',
      about: `Of this attempt: ${described(ATTEMPT_OUTCOMES)}`,
      oneOf: Object.keys(ATTEMPT_OUTCOMES),
    },
    {
      name: 'reason',
      type: 'VARCHAR',
      about: `Why it did not succeed: ${described(ATTEMPT_REASONS)}; null when ok`,
      oneOf: Object.keys(ATTEMPT_REASONS),
      optional: true,
    },
    { name: 'error', type: 'VARCHAR', about: 'The error’s message, whole; null when ok', optional: true },
    { name: 'node', type: 'VARCHAR', about: 'The node it was sent to; null where to none', optional: true },
    { name: 'final', type: 'BOOLEAN', about: 'Whether it is the operation’s last attempt' },
  ],
} as const satisfies Table;

const events = {
  name: 'events',
  file: 'events.csv',
  row: 'something that happened during a run',
  sortedBy: ['run_id', 'time_ns', 'event', 'node'],
  columns: [
    runId,
    { name: 'time_ns', type: 'BIGINT', unit: 'ns', about: 'When: Unix time', minimum: 0 },
    { name: 'event', type: 'VARCHAR', about: 'What', oneOf: EVENTS },
    {
      name: 'fault_no',
      type: 'INTEGER',
      about:
        'Which fault of the run it belongs to, from 1; null where to none, and in files made when a run had one at most',
      optional: true,
      minimum: 1,
    },
    { name: 'node', type: 'VARCHAR', about: 'The node it happened to', optional: true },
    { name: 'detail', type: 'VARCHAR', about: 'More, in words', optional: true },
  ],
} as const satisfies Table;

const evidence = {
  name: 'evidence',
  file: 'evidence.csv',
  row: 'a measurement that is to show that a fault took effect',
  key: ['run_id', 'fault_no', 'metric', 'node'],
  sortedBy: ['run_id', 'fault_no', 'metric', 'node'],
  columns: [
    runId,
    {
      name: 'fault_no',
      type: 'INTEGER',
      about: 'Which fault of the run, from 1',
      optional: true,
      formerly: 1,
      minimum: 1,
    },
    {
      name: 'metric',
      type: 'VARCHAR',
      about: Object.entries(EVIDENCE_METRICS)
        .map(([name, { about }]) => `${name}: ${about}`)
        .join('; '),
      oneOf: Object.keys(EVIDENCE_METRICS) as EvidenceMetric[],
    },
    { name: 'node', type: 'VARCHAR', about: 'The node that was measured; host for what is the host’s' },
    {
      name: 'before',
      type: 'DOUBLE',
      about: 'The value before the fault, where it says something',
      optional: true,
    },
    { name: 'during', type: 'DOUBLE', about: 'The value while the fault was there' },
    {
      name: 'threshold',
      type: 'DOUBLE',
      about: `What confirms the fault: ${Object.entries(EVIDENCE_METRICS)
        .map(([name, { confirms }]) => `${name} ${confirms} this`)
        .join(', ')}`,
    },
    { name: 'unit', type: 'VARCHAR', about: 'The unit of before, during and threshold' },
  ],
} as const satisfies Table;

const counter = <N extends string, U extends string>(name: N, unit: U, about: string) =>
  ({
    name,
    type: 'BIGINT',
    unit,
    about: `${about}, since the node started`,
    optional: true,
    minimum: 0,
  }) as const;

const samples = {
  name: 'samples',
  file: 'samples.parquet',
  row: 'a node at an instant',
  sortedBy: ['run_id', 'node', 'time_ns'],
  columns: [
    runId,
    { name: 'time_ns', type: 'BIGINT', unit: 'ns', about: 'When: Unix time', minimum: 0 },
    { name: 'node', type: 'VARCHAR', about: 'The node' },
    counter('cpu_ns', 'ns', 'CPU time used'),
    counter('cpu_throttled_ns', 'ns', 'Time held back by a CPU limit'),
    {
      name: 'memory_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      about: 'Memory in use',
      optional: true,
      minimum: 0,
    },
    {
      name: 'memory_limit_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      about: 'The memory limit in force; null for none',
      optional: true,
      minimum: 0,
    },
    counter('major_faults', 'faults', 'Page faults that had to read from disk'),
    counter('memory_limit_hits', 'times', 'Times that memory was asked for which the limit did not leave'),
    counter('oom_kills', 'kills', 'Processes killed for memory'),
    counter('read_bytes', 'bytes', 'Read from disk'),
    counter('written_bytes', 'bytes', 'Written to disk'),
    counter('received_bytes', 'bytes', 'Received over the network'),
    counter('sent_bytes', 'bytes', 'Sent over the network'),
  ],
} as const satisfies Table;

const sources = {
  name: 'sources',
  file: 'sources.csv',
  row: 'a results file that was read',
  key: ['run_id', 'file'],
  sortedBy: ['run_id', 'op', 'worker', 'file'],
  columns: [
    runId,
    {
      name: 'worker',
      type: 'INTEGER',
      about: 'The worker, from 0; null of the client’s file, which holds all of it',
      optional: true,
      minimum: 0,
    },
    {
      name: 'op',
      type: 'VARCHAR',
      about: 'exec is a write, query a read; null of the client’s file',
      oneOf: OPS,
      optional: true,
    },
    { name: 'file', type: 'VARCHAR', about: 'Name of the file' },
    { name: 'bytes', type: 'BIGINT', unit: 'bytes', about: 'Length of the file', minimum: 0 },
    { name: 'sha256', type: 'VARCHAR', about: 'SHA-256 of the file, in hexadecimal' },
    { name: 'lines', type: 'BIGINT', about: 'Lines read', minimum: 0 },
    { name: 'lines_kept', type: 'BIGINT', about: 'Lines that became operations or attempts', minimum: 0 },
    {
      name: 'lines_layout',
      type: 'BIGINT',
      about: 'Lines set aside as layout: header, headings and blank lines, which can be made again',
      minimum: 0,
    },
    {
      name: 'lines_cut',
      type: 'BIGINT',
      about: 'Lines set aside because the file ends within them',
      minimum: 0,
    },
    {
      name: 'lines_refused',
      type: 'BIGINT',
      about: 'Lines set aside because the run is marked failed',
      minimum: 0,
    },
  ],
} as const satisfies Table;

export const TABLES = {
  runs,
  operations,
  attempts,
  events,
  evidence,
  samples,
  sources,
} as const;

export type TableName = keyof typeof TABLES;

/**
 * A row of a table in TypeScript. Nanoseconds are bigint, since Unix time in ns is beyond 2^53; every other number
 * is a number; an optional column may be null.
 */
export type Row<N extends TableName> = RowOf<(typeof TABLES)[N]>;

/** A row of any table, from its declaration. */
export type RowOf<T extends Table> = {
  -readonly [C in T['columns'][number] as C['name']]: Value<C>;
};

/** The columns of a table that may be null. */
export type OptionalColumn<N extends TableName> = Extract<
  (typeof TABLES)[N]['columns'][number],
  { optional: true }
>['name'];

type Value<C extends Column> = C extends { optional: true } ? Present<C> | null : Present<C>;

type Present<C extends Column> = C extends { oneOf: readonly (infer V)[] }
  ? V
  : C extends { type: 'VARCHAR' }
    ? string
    : C extends { type: 'BOOLEAN' }
      ? boolean
      : C extends { type: 'BIGINT'; unit: 'ns' }
        ? bigint
        : number;
