import type { Define } from '../commands.js';

interface Options {
  data?: string;
  write?: true;
  check?: true;
}

export const notebooks: Define = (program) => {
  program
    .command('notebooks')
    .description('run the notebooks from the first cell to the last; fails on an error in any cell')
    .argument('[names...]', 'only the notebooks whose names begin so')
    .option('--data <dir>', 'the dataset (default: $DATASET, or what each notebook names)')
    .option('--write', 'put the outputs into the notebooks')
    .option('--check', 'fail where outputs differ from those in the notebooks')
    .addHelpText('after', '\nExample:\n  npm run notebooks -- --data data/reference 02 03')
    .action(async (names: string[], options: Options) => {
      const { runNotebooks } = await import('../notebooks.js');
      await runNotebooks(names, options);
    });
};
