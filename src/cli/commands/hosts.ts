import { isOfClient, WORKLOAD_NAMES } from '../../vocabulary/workloads.js';
import type { Define } from '../commands.js';

export const hosts: Define = (program) => {
  const group = program
    .command('hosts')
    .description('look at the hosts that campaigns with --hosts FILE run on');
  group
    .command('check')
    .description(
      'say what each host has: engine, image, kernel, cores, disk, control groups, clock, round trips',
    )
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
  group
    .command('prepare')
    .description('build the images of nodes and client here, and copy them to each host that lacks them')
    .argument('<file>', 'names the hosts')
    .option('--releases <list>', 'the Debian releases whose dqlite is to run', 'trixie')
    .addHelpText('after', '\nExample:\n  npm run hosts -- prepare hosts.yml --releases bookworm,trixie')
    .action(async (file: string, { releases: list }: { releases: string }) => {
      const releases = list.split(',');
      const { RUNTIME_KINDS } = await import('../../../collect/runtimes/index.js');
      const { setUpCampaign } = await import('../../setup/setup.js');
      const say = (text: string) => process.stderr.write(`${text}\n`);
      const kind = RUNTIME_KINDS.hosts;
      const workloads = new Set(WORKLOAD_NAMES.filter(isOfClient));
      const named = kind.releases(releases);
      await setUpCampaign({ runtime: 'hosts', releases: named, workloads });
      const runtime = kind.open(`prepare-${process.pid}`, say, file);
      try {
        for (const release of named) await runtime.prepare(release, workloads);
      } finally {
        await runtime.close?.();
      }
      console.log(`each host has what runs ${named.join(', ')}`);
    });
};
