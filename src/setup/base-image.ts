import { execa } from 'execa';
import { UserError, unknownName } from '../common/errors.js';
import { onHost, tail } from './command.js';
import { dockerEngine } from './docker-engine.js';
import { canInstall, type Host, which } from './host.js';
import { makeBaseImage } from './make-base-image.js';
import type { Requirement } from './requirement.js';

/** The Debian releases whose dqlite a campaign can run, the oldest first. */
export const DEBIAN_RELEASES = ['bookworm', 'trixie', 'sid'] as const;

/** A registry that has not begun to answer by then is taken for one that cannot be reached. */
const FIRST_ANSWER_MS = 20_000;

/**
 * The image `debian:<release>-slim`, on which the nodes' image is built.
 * @throws UserError for a release other than DEBIAN_RELEASES
 */
export function baseImage(release: string): Requirement {
  if (!(DEBIAN_RELEASES as readonly string[]).includes(release)) {
    throw unknownName('Debian release', release, DEBIAN_RELEASES);
  }
  const image = `debian:${release}-slim`;
  return {
    name: `Base image ${image}`,
    needs: dockerEngine,
    check: async (host) => {
      const found = await execa('docker', ['image', 'inspect', '--format', '{{.Id}}', image], {
        ...onHost(host),
        timeout: 15_000,
        reject: false,
      });
      return found.failed ? null : found.stdout.replace('sha256:', '').slice(0, 12);
    },
    packages: async () => [],
    install: async (host, say) => {
      say(`pulling ${image} …`);
      const obstacle = await pull(host, image);
      if (obstacle === null) return;
      if (!host.root || !(which(host, 'debootstrap') || canInstall(host))) {
        throw new UserError(
          `docker pull ${image} failed: ${obstacle}\n` +
            'mend that, or run this set-up as root where debootstrap is installed: then it makes the image itself',
        );
      }
      say(`making ${image} with debootstrap (about a minute), because it cannot be pulled: ${obstacle}`);
      await makeBaseImage(host, release, image);
    },
  };
}

/** Null when the image was pulled, else why it was not. */
async function pull(host: Host, image: string): Promise<string | null> {
  const impatience = new AbortController();
  const pulling = execa('docker', ['pull', image], {
    ...onHost(host),
    cancelSignal: impatience.signal,
    timeout: 15 * 60_000,
    reject: false,
  });
  const timer = setTimeout(() => impatience.abort(), FIRST_ANSWER_MS);
  pulling.stdout.once('data', () => clearTimeout(timer));
  const result = await pulling;
  clearTimeout(timer);
  if (!result.failed) return null;
  if (result.isCanceled) return `no answer from the registry within ${FIRST_ANSWER_MS / 1000} s`;
  return tail(result.stderr).split('\n').at(-1) || result.shortMessage || 'no reason given';
}
