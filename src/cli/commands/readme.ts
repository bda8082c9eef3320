import type { Define } from '../commands.js';

export const readme: Define = (program) => {
  program
    .command('readme')
    .description(
      'write the numbers of README.md, data/QUESTIONS.md and the pages of the shipped datasets again from the data',
    )
    .addHelpText('after', '\nExample:\n  npm run readme')
    .action(async () => {
      const { updatePages } = await import('../../readme/readme.js');
      await updatePages();
    });
};
