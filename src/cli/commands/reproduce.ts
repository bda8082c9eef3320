import { Option } from 'commander';
import { RUNTIME_NAMES, type RuntimeName } from '../../vocabulary/runtimes.js';
import type { Define } from '../commands.js';

export const reproduce: Define = (program) => {
  program
    .command('reproduce')
    .description('set up, run the scenarios of 2022 on a real cluster, and compare with what was published')
    .option('--full', 'the length of a paper: 60 s a run, 3 trials (about 90 minutes)', false)
    .option(
      '--today',
      'put the same questions with the client of this project, an open loop outside of the cluster',
      false,
    )
    .option('--fresh', 'measure again where a campaign of this kind is finished', false)
    .addOption(
      new Option(
        '--runtime <name>',
        'what nodes run in; default: compose where it can be had, else process',
      ).choices(RUNTIME_NAMES),
    )
    .addHelpText('after', '\nExamples:\n  npm run reproduce\n  npm run reproduce -- --today')
    .action(async (options: { full: boolean; today: boolean; fresh: boolean; runtime?: RuntimeName }) => {
      const { reproduce } = await import('../../reproduce.js');
      await reproduce(options);
    });
};
