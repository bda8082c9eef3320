import { TABLES_1 } from '../../dataset/format-1.js';
import { type Column, TABLES, type Table } from '../../dataset/schema.js';

const runId = TABLES.events.columns[0];
const text = (name: string): Column => ({ name, type: 'VARCHAR', about: 'As in format 1', optional: true });
const whole = (name: string): Column => ({ ...text(name), type: 'BIGINT' });
const number = (name: string): Column => ({ ...text(name), type: 'DOUBLE' });
const truth = (name: string): Column => ({ ...text(name), type: 'BOOLEAN' });

/** A table of format 1 that stood in for operations that were left out. */
const standIn = (name: string, key: readonly string[], columns: readonly Column[]): Table => ({
  name,
  file: `${name}.csv`,
  row: 'as in format 1',
  columns: [runId, ...columns],
  key: ['run_id', ...key],
  sortedBy: ['run_id', ...key],
});

/** Every table that a dataset of format 1 can have. */
export const ALL_TABLES_1: readonly Table[] = [
  TABLES_1.runs,
  TABLES.operations,
  TABLES_1.events,
  TABLES.samples,
  TABLES.sources,
  standIn(
    'tallies',
    ['op', 'outcome', 'error_class'],
    [text('op'), text('outcome'), text('error_class'), whole('n'), whole('latency_ns')],
  ),
  standIn('percentiles', ['op', 'share'], [text('op'), number('share'), whole('latency_ns')]),
  standIn(
    'windows',
    ['from_s', 'to_s'],
    [
      number('from_s'),
      number('to_s'),
      number('seconds'),
      number('reads_per_s'),
      number('p99_ms'),
      truth('p99_at_least'),
    ],
  ),
  standIn('outages', [], [number('outage_s'), truth('recovered'), number('longest_gap_s')]),
];
