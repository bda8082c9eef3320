import { UserError } from '../common/errors.js';
import { run } from './command.js';
import type { Host } from './host.js';

const ENV = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l' };

/**
 * Installs Debian packages without what they merely recommend, and without removing any other.
 * @throws UserError with the end of apt's output.
 */
export async function aptInstall(host: Host, packages: readonly string[]): Promise<void> {
  const env = { PATH: host.path, ...ENV };
  await run(
    host,
    'apt-get',
    ['install', '-y', '--no-install-recommends', '--no-remove', '-o', 'DPkg::Lock::Timeout=300', ...packages],
    { env },
  );
}

/** Fetches the package lists. Other sources of the machine may fail without harm: what is missing shows at install. */
export async function aptUpdate(host: Host): Promise<void> {
  await run(host, 'apt-get', ['update', '-o', 'DPkg::Lock::Timeout=300']).catch((error) => {
    if (!(error instanceof UserError)) throw error;
  });
}

/** The first of these packages that apt could install, or undefined. */
export async function firstAvailable(host: Host, packages: readonly string[]): Promise<string | undefined> {
  const answer = await run(host, 'apt-cache', ['policy', ...packages]);
  const available = new Set(
    [...answer.matchAll(/^(\S+):\n(?:\s+.*\n)*?\s+Candidate: (?!\(none\))/gm)].map(([, name]) => name),
  );
  return packages.find((name) => available.has(name));
}
