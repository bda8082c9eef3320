import type { Define } from '../commands.js';
import { whole } from '../whole.js';

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
    .option(
      '--swap <MB>',
      'only make a swap file, where there is no swap: for memory limits as in 2022',
      whole,
    )
    .option('--no-swap', 'only take that swap file away')
    .addHelpText(
      'after',
      '\nExample:\n  npm run setup\n  npm run setup -- --release bookworm trixie sid\n  npm run setup -- --swap 2048',
    )
    .action(async (options: { for: string; release: string[]; swap?: number | false }) => {
      const { setUp, setUpSwap } = await import('../../setup/setup.js');
      if (options.swap !== undefined) return setUpSwap(options.swap || null);
      const found = await setUp(options.for, options.release);
      const width = Math.max(...found.map(({ name }) => name.length));
      for (const line of found) console.log(`${line.name.padEnd(width)}  ${line.found}`);
    });
};
