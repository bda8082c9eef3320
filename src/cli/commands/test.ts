import { Option } from 'commander';
import type { Define } from '../commands.js';

export const test: Define = (program) => {
  program
    .command('test')
    .description('set up what the tests need, then check types, lint, and run the tests')
    .argument('[parts...]', 'run only test files whose path contains one of these')
    .option('--unit', 'only what needs no Docker, no browser and no Jupyter')
    .addOption(new Option('--long', 'the long checks as well').conflicts('unit'))
    .addOption(new Option('--lint', 'only lint').conflicts(['unit', 'long']))
    .addHelpText('after', '\nExample:\n  npm test\n  npm test -- src/ingest\n  npm run test:unit')
    .action(async (parts: string[], options: { unit?: boolean; long?: boolean; lint?: boolean }) => {
      const runner = await import('../../testing/run.js');
      await (options.lint ? runner.lint() : runner.test(options, parts));
    });
};
