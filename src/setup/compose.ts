import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { firstAvailable } from './apt.js';
import { onHost } from './command.js';
import { type Host, which } from './host.js';
import type { Requirement } from './requirement.js';

/** The names of Compose's package: Ubuntu's, that of Docker's own archive, Debian's. */
const PACKAGES = ['docker-compose-v2', 'docker-compose-plugin', 'docker-compose'];

/** Compose, as the plugin `docker compose` or as the command `docker-compose`. */
export const compose: Requirement = {
  name: 'Compose',
  check: async (host) => {
    const plugin = await execa('docker', ['compose', 'version', '--short'], {
      ...onHost(host),
      timeout: 15_000,
      reject: false,
    });
    if (!plugin.failed) return `docker compose ${plugin.stdout.trim()}`;
    // not asked for its version: the older Compose takes longer to answer than all other checks together
    return which(host, 'docker-compose') ?? null;
  },
  packages: async (host) => [(await firstAvailable(host, PACKAGES)) ?? 'docker-compose'],
  install: async (host) => {
    throw new UserError(`not found: ${howToGetCompose(host)}`);
  },
};

function howToGetCompose(host: Host): string {
  if (host.debian) return 'sudo apt-get install docker-compose (on Ubuntu docker-compose-v2)';
  return 'https://docs.docker.com/compose/install/';
}
