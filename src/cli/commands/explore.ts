import { InvalidArgumentError } from 'commander';
import type { Define } from '../commands.js';

export const explore: Define = (program) => {
  program
    .command('explore')
    .description('open a dataset in the browser: filter by brushing, one run over time, questions in SQL')
    .option('--data <dir>', 'the dataset', 'data/reference')
    .option('--port <n>', 'the port on 127.0.0.1; default: a free one', port)
    .option('--no-open', 'do not open a browser, only print the address')
    .addHelpText('after', '\nExample:\n  npm run explore -- --data data/quick')
    .action(async (options: { data: string; port?: number; open: boolean }) => {
      const { interruptible } = await import('../../common/interrupt.js');
      const { explore: run } = await import('../../explore/explore.js');
      await interruptible((signal) => run({ ...options, signal }));
    });
};

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('expected a port, from 0 to 65535.');
}
