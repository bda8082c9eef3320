import type { Define } from '../commands.js';

export const setup: Define = (program) => {
  program
    .command('setup')
    .description('install and start what is missing: Docker engine, Compose, base image')
    .option(
      '--for <purpose>',
      'collect, process (no Docker), hosts (several of them), jupyter, chromium, test, or long (all)',
      'collect',
    )
    .option('--release <names...>', 'Debian releases whose base image is wanted', ['trixie'])
    .addHelpText('after', '\nExample:\n  npm run setup\n  npm run setup -- --release bookworm trixie sid')
    .action(async (options: { for: string; release: string[] }) => {
      const { setUp } = await import('../../setup/setup.js');
      const found = await setUp(options.for, options.release);
      const width = Math.max(...found.map(({ name }) => name.length));
      for (const line of found) console.log(`${line.name.padEnd(width)}  ${line.found}`);
    });
};
