import type { Define } from '../commands.js';

export const readme: Define = (program) => {
  program
    .command('readme')
    .description('write the tables of README.md again from data/reference')
    .addHelpText('after', '\nExample:\n  npm run readme')
    .action(async () => {
      const { updateReadme } = await import('../../readme/readme.js');
      await updateReadme();
    });
};
