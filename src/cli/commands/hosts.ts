import type { Define } from '../commands.js';

export const hosts: Define = (program) => {
  const group = program
    .command('hosts')
    .description('look at the hosts that campaigns with --hosts FILE run on');
  group
    .command('check')
    .description('say what each host has: engine, image, kernel, cores, control groups, clock, round trips')
    .argument('<file>', 'names the hosts')
    .option('--release <name>', 'the Debian release whose image is looked for', 'trixie')
    .addHelpText('after', '\nExample:\n  npm run hosts -- check hosts.yml')
    .action(async (file: string, { release }: { release: string }) => {
      const { checkHosts, requireAll } = await import('../../../collect/runtimes/hosts/check.js');
      const { PORT } = await import('../../../collect/runtimes/hosts.js');
      const reports = await checkHosts(file, PORT, release);
      for (const { host, lacks, found } of reports) {
        console.log(`${host.name} (${host.role}, ${host.address})`);
        if (lacks) console.log('  cannot be used');
        for (const [what, value] of Object.entries(found)) console.log(`  ${what.padEnd(15)} ${value}`);
      }
      requireAll(reports);
    });
};
