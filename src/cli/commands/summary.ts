import { Option } from 'commander';
import type { SummaryRow } from '../../results/derived/summary.js';
import type { Define } from '../commands.js';

const COLUMNS = [
  'run_id',
  'scenario',
  'op',
  'n_ok',
  'n_fail',
  'n_indeterminate',
  'n_censored',
  'n_dropped',
  'throughput_per_s',
  'mean_ms',
  'p50_ms',
  'p90_ms',
  'p99_ms',
  'p999_ms',
  'max_ms',
] as const satisfies (keyof SummaryRow)[];

export const summary: Define = (program) => {
  program
    .command('summary')
    .description('a row for each run and kind of operation: counts, throughput, latency')
    .requiredOption('--data <dir>', 'folder of the dataset')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['table', 'csv', 'json']).default('table'),
    )
    .addHelpText(
      'after',
      `
throughput_per_s is successful operations over the planned length of the run; latencies are those of successful
operations; percentiles are by nearest rank.

Example:
  npm run summary -- --data data/reference --format csv
`,
    )
    .action(async ({ data, format }: { data: string; format: 'table' | 'csv' | 'json' }) => {
      const { openDataset } = await import('../../results/core/open.js');
      const { warningOfChanges } = await import('../../sharing/verify/changed.js');
      const { runsWithoutOperations, summary } = await import('../../results/derived/summary.js');
      const { csv } = await import('../../common/csv.js');
      const { textTable } = await import('../../common/table.js');
      const dataset = await openDataset(data);
      process.stderr.write((await warningOfChanges(data)) ?? '');
      try {
        const rows = await summary(dataset);
        for (const run of await runsWithoutOperations(dataset)) {
          process.stderr.write(
            `note: ${run.run_id} has no operations: ${run.status_reason ?? 'none were recorded'}\n`,
          );
        }
        if (format === 'json')
          process.stdout.write(`${JSON.stringify(rows, COLUMNS as unknown as string[], 2)}\n`);
        else process.stdout.write((format === 'csv' ? csv : textTable)(COLUMNS, rows));
      } finally {
        dataset.close();
      }
    });
};
