import { Option } from 'commander';
import type { CheckedRun } from '../../consistency/check-dataset.js';
import type { Define } from '../commands.js';
import { whole } from '../whole.js';

export const check: Define = (program) => {
  program
    .command('check')
    .description('say of every run whether what its clients saw was consistent')
    .requiredOption('--data <dir>', 'folder of the dataset')
    .option('--run <id>', 'only this run')
    .addOption(
      new Option('--view <view>', 'what counts: what the database did, or what whoever asked sees of it')
        .choices(['attempts', 'operations'])
        .default('attempts'),
    )
    .addOption(
      new Option(
        '--export <tool>',
        'write the histories for a reference tool into the folder instead',
      ).choices(['elle', 'porcupine']),
    )
    .option(
      '--reduce',
      'run an invalid run again with ever less, and write the smallest that shows it',
      false,
    )
    .option('--runs <n>', 'of --reduce: no further run after so many', whole, 40)
    .option('--tries <n>', 'of --reduce: how often each is run before it counts as showing nothing', whole, 3)
    .argument('[dir]', 'the folder that --export or --reduce writes into')
    .addHelpText(
      'after',
      `
A line a run: its name, the strongest model of consistency that holds, and valid, invalid or unknown; of what is wrong,
the fewest operations that show it. Then a table by release, scenario and workload, and which runs are weaker than their
scenarios expect (consistency: in its file; else strict serializability), with 1 at the end where there are such.
src/consistency/README.md says more.

Examples:
  npm run check -- --data data/my-dataset --run pause-leader-registers-w08-t1
  npm run check -- --data data/my-dataset --export elle histories
  npm run check -- --data data/my-dataset --run pause-leader-registers-w08-t1 --reduce data/reduced`,
    )
    .action(async (dir: string | undefined, options: CheckCommand) => {
      if (options.export !== undefined) return exported(options, dir);
      if (options.reduce) return reduced(options, dir);
      if (dir !== undefined) program.error(`unexpected ${dir}: a folder goes with --export or --reduce`);
      const { checkDataset } = await import('../../consistency/check-dataset.js');
      const { shownVerdict } = await import('../../consistency/show.js');
      const all: CheckedRun[] = [];
      for await (const checked of checkDataset(options.data, options.run, { view: options.view })) {
        process.stdout.write(shownVerdict(checked));
        all.push(checked);
      }
      const { verdictSummary } = await import('../verdict-summary.js');
      process.stdout.write(verdictSummary(all));
      if (all.some(({ verdict }) => verdict === 'invalid')) process.exitCode = 1;
    });
};

interface CheckCommand {
  data: string;
  run?: string;
  view: 'attempts' | 'operations';
  reduce: boolean;
  runs: number;
  tries: number;
  export?: 'elle' | 'porcupine';
}

async function exported({ data, run, export: tool }: CheckCommand, dir: string | undefined): Promise<void> {
  const { UserError } = await import('../../common/errors.js');
  if (dir === undefined) {
    throw new UserError(
      `expected a folder to write into: npm run check -- --data ${data} --export ${tool} histories`,
    );
  }
  const { writeHistories } = await import('../../consistency/export/write.js');
  const files = await writeHistories(tool!, data, dir, run);
  process.stdout.write(files.map((file) => `${file}\n`).join(''));
  if (files.length === 0) process.stderr.write('note: no run has operations that this tool judges\n');
}

async function reduced(options: CheckCommand, dir: string | undefined): Promise<void> {
  const { UserError } = await import('../../common/errors.js');
  const { data, run, runs, tries } = options;
  if (dir === undefined || run === undefined) {
    throw new UserError(
      `expected a run and a folder to write into: npm run check -- --data ${data} --run ID --reduce data/reduced`,
    );
  }
  const { reduceRun } = await import('../reduce-run.js');
  await reduceRun(data, run, dir, { tries, mostRuns: runs });
}
