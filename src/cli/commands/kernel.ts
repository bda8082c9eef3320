import { resolve } from 'node:path';
import { packageRoot } from '../../common/paths.js';
import type { Define } from '../commands.js';

interface Options {
  to?: string;
}

export const kernel: Define = (program) => {
  const group = program
    .command('kernel')
    .description('the TypeScript kernel, for a Jupyter of your own: Lab, VS Code, the classic notebook')
    .addHelpText('after', '\nExample:\n  npm run kernel -- install');
  const place = '--to <dir>';
  const about = 'a folder of Jupyter’s data, such as share/jupyter of a virtual environment (default: yours)';
  group
    .command('install')
    .description('put the kernel where Jupyter finds it, and say where that is')
    .option(place, about)
    .option('--debug', 'show stack traces')
    .addHelpText('after', '\nExample:\n  npm run kernel -- install')
    .action(async ({ to }: Options) => {
      const { installKernel } = await import('../../notebook/kernel.js');
      const folder = await installKernel(to && resolve(to));
      process.stdout.write(
        `${folder}\nJupyter calls it “TypeScript (dqlite-reliability)”. It runs from ${packageRoot}: install it again if you move that.\n`,
      );
    });
  group
    .command('uninstall')
    .description('take the kernel away again')
    .option(place, about)
    .option('--debug', 'show stack traces')
    .addHelpText('after', '\nExample:\n  npm run kernel -- uninstall')
    .action(async ({ to }: Options) => {
      const { uninstallKernel } = await import('../../notebook/kernel.js');
      process.stdout.write(`${await uninstallKernel(to && resolve(to))} is gone\n`);
    });
};
