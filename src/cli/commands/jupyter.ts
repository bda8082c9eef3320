import type { Define } from '../commands.js';

interface Options {
  data?: string;
  browser: boolean;
  port?: string;
}

export const jupyter: Define = (program) => {
  program
    .command('jupyter')
    .description('set Jupyter up where there is none, with a TypeScript kernel, and open the notebooks')
    .option('--data <dir>', 'the dataset (default: $DATASET, or what each notebook names)')
    .option('--port <number>', 'where Jupyter listens')
    .option('--no-browser', 'print the address and open nothing, for VS Code or another machine')
    .addHelpText('after', '\nExample:\n  npm run jupyter -- --data data/reference')
    .action(async (options: Options) => {
      const { openJupyter } = await import('../jupyter.js');
      await openJupyter(options);
    });
};
