import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { interruptible } from '../common/interrupt.js';
import { aptInstall, aptUpdate } from './apt.js';
import { indent, onHost, run, tail } from './command.js';
import { canInstall, type Host, which } from './host.js';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Caches that make the image larger and are fetched anew by whoever builds on it. */
const LEFT_OUT = ['./var/cache/apt/archives/*.deb', './var/lib/apt/lists/*', './proc/*', './sys/*'];

/**
 * Makes a minimal Debian with debootstrap, from the mirror that this machine uses, and imports it as `image`.
 * Needs root. The folder in which it grows is removed afterwards, also when interrupted.
 * @throws UserError with the end of debootstrap's output.
 */
export async function makeBaseImage(host: Host, release: string, image: string): Promise<void> {
  await ensureDebootstrap(host);
  const mirror = await debianMirror(host);
  // not below /tmp, which may be kept in memory or forbid device files
  const folder = await mkdtemp('/var/tmp/dqlite-reliability-base-');
  try {
    await interruptible(async (cancelSignal) => {
      const certificates = mirror?.startsWith('https:') ? ['--include=ca-certificates'] : [];
      const keyring = existsSync(KEYRING) ? [`--keyring=${KEYRING}`] : [];
      const args = ['--variant=minbase', ...keyring, ...certificates, release, folder];
      if (mirror) args.push(mirror);
      await run(host, 'debootstrap', args, { cancelSignal });
      await writeFile(join(folder, 'etc/apt/apt.conf.d/90-as-on-the-host'), await checksOfDates(host));
      await importFolder(
        host,
        folder,
        image,
        `minbase of ${release} from ${mirror ?? 'the default mirror'}`,
        cancelSignal,
      );
    });
  } finally {
    for (const mount of ['proc', 'sys']) {
      await execa('umount', ['--recursive', join(folder, mount)], { ...onHost(host), reject: false });
    }
    await run(host, 'rm', ['--recursive', '--force', '--one-file-system', folder]);
  }
}

async function ensureDebootstrap(host: Host): Promise<void> {
  if (which(host, 'debootstrap') && (existsSync(KEYRING) || !canInstall(host))) return;
  await aptUpdate(host);
  await aptInstall(host, ['debootstrap', 'debian-archive-keyring']);
}

/** The mirror that apt is set up with, where this is a Debian; else debootstrap takes its own default. */
async function debianMirror(host: Host): Promise<string | undefined> {
  if (!which(host, 'apt-get')) return undefined;
  const format = ['--format', '$(REPO_URI)'];
  const answer = await run(host, 'apt-get', ['indextargets', ...format, 'Origin: Debian', 'Label: Debian']);
  const mirrors = answer.split('\n').filter((uri) => /^https?:/.test(uri));
  return mirrors[0]?.replace(/\/+$/, '');
}

/** A mirror that is a snapshot has lists past their date; a machine that allows for that says so in apt's settings. */
async function checksOfDates(host: Host): Promise<string> {
  if (!which(host, 'apt-config')) return '';
  const settings = await run(host, 'apt-config', ['dump']);
  return settings.replace(/^(?!Acquire::Check-(Valid-Until|Date) ).*\n?/gm, '');
}

async function importFolder(
  host: Host,
  folder: string,
  image: string,
  message: string,
  cancelSignal: AbortSignal,
): Promise<void> {
  const exclude = LEFT_OUT.map((pattern) => `--exclude=${pattern}`);
  const options = { ...onHost(host), cancelSignal };
  const result = await execa('tar', ['--create', '--numeric-owner', ...exclude, '-C', folder, '.'], {
    ...options,
    encoding: 'buffer',
    buffer: false,
  }).pipe('docker', ['import', '--change', 'CMD ["bash"]', '--message', message, '-', image], {
    env: options.env,
    cancelSignal,
    reject: false,
  });
  if (result.failed) {
    throw new UserError(`docker import of ${image} failed:\n${indent(tail(String(result.stderr)))}`);
  }
}
