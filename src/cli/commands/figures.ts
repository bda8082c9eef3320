import type { Define } from '../commands.js';

interface Options {
  data: string;
  out: string;
  only?: string;
}

export const figures: Define = (program) => {
  program
    .command('figures')
    .description('render the figures of a dataset')
    .option('--data <dir>', 'the dataset', 'data/reference')
    .option('--out <dir>', 'where the pictures go', 'figures')
    .option('--only <names>', 'only these figures, separated by commas')
    .addHelpText('after', '\nExample:\n  npm run figures -- --data data/quick --only baseline,leader-latency')
    .action(async (options: Options) => {
      const { openDataset } = await import('../../dataset/open.js');
      const { figures: all } = await import('../../figures/index.js');
      const { chooseFigures, renderFigures } = await import('../../render/figures.js');
      const chosen = chooseFigures(all, (options.only ?? '').split(',').filter(Boolean));
      const data = await openDataset(options.data);
      try {
        for (const { figure, files, missing } of await renderFigures(data, chosen, { out: options.out })) {
          const what = missing === undefined ? files.join(', ') : `left out: ${missing}`;
          process.stdout.write(`${figure.name.padEnd(22)} ${what}\n`);
        }
      } finally {
        data.close();
      }
    });
};
