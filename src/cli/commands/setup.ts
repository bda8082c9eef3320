import type { Define } from '../commands.js';

export const setup: Define = (program) => {
  program
    .command('setup')
    .description('install what is missing: Docker engine, Compose, base image')
    .addHelpText('after', '\nExample:\n  npm run setup')
    .action(async () => {
      throw new Error('to be written');
    });
};
