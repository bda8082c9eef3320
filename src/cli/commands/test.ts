import { Option } from 'commander';
import type { Define } from '../commands.js';
import { whole } from '../whole.js';

export const test: Define = (program) => {
  program
    .command('test')
    .description('set up what the tests need, then check types, lint, and run the tests')
    .argument('[parts...]', 'run only test files whose path contains one of these')
    .option('--unit', 'only what needs no Docker, no browser and no Jupyter')
    .addOption(new Option('--long', 'the long checks as well').conflicts('unit'))
    .addOption(new Option('--lint', 'only lint').conflicts(['unit', 'long']))
    .addOption(
      new Option('--stress <n>', 'only the tests with clusters, n times beside a busy core')
        .argParser(whole)
        .conflicts(['unit', 'long', 'lint']),
    )
    .addHelpText(
      'after',
      '\nExample:\n  npm test\n  npm test -- src/ingest\n  npm run test:unit\n  npm run test:stress -- 20',
    )
    .action(async (parts: string[], options: TestOptions) => {
      if (options.stress) {
        const { stress } = await import('../../testing/stress.js');
        return stress(options.stress, parts);
      }
      const runner = await import('../../testing/run.js');
      await (options.lint ? runner.lint() : runner.test(options, parts));
    });
};

interface TestOptions {
  unit?: boolean;
  long?: boolean;
  lint?: boolean;
  stress?: number;
}
