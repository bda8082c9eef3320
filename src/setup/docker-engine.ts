import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { firstAvailable } from './apt.js';
import { onHost } from './command.js';
import { type Host, which } from './host.js';
import type { Requirement } from './requirement.js';
import { startEngine } from './start-engine.js';

/** A Docker engine that answers. */
export const dockerEngine: Requirement = {
  name: 'Docker engine',
  check: async (host) => (await askEngine(host)).version,
  packages: async (host) => {
    if (process.env['DOCKER_HOST']) return [];
    const wanted = which(host, 'dockerd') ? [] : ['docker.io'];
    // newer releases have the client in a package of its own
    if (!which(host, 'docker')) wanted.push((await firstAvailable(host, ['docker-cli'])) ?? 'docker.io');
    return [...new Set(wanted)];
  },
  install: async (host, say) => {
    const { reason } = await askEngine(host);
    if (process.env['DOCKER_HOST']) {
      throw new UserError(`DOCKER_HOST is ${process.env['DOCKER_HOST']}, and there: ${reason}`);
    }
    if (/permission denied/i.test(reason)) {
      throw new UserError(`this user may not use it: sudo usermod -aG docker "$USER", then log in again`);
    }
    if (!which(host, 'docker') || (host.platform === 'linux' && !which(host, 'dockerd'))) {
      throw new UserError(`not installed: ${howToGetDocker(host)}`);
    }
    if (host.platform !== 'linux') throw new UserError('not running: start Docker Desktop');
    if (!host.root) {
      throw new UserError(
        `not running: sudo ${host.systemd ? 'systemctl start docker' : 'service docker start'}`,
      );
    }
    say('starting the Docker engine …');
    await startEngine(host, async () => (await askEngine(host)).version !== null);
  },
};

async function askEngine(host: Host): Promise<{ version: string | null; reason: string }> {
  const answer = await execa('docker', ['version', '--format', '{{.Server.Version}}'], {
    ...onHost(host),
    timeout: 15_000,
    reject: false,
  });
  const version = answer.failed ? null : answer.stdout.trim() || null;
  return { version, reason: answer.stderr?.trim() || answer.shortMessage || 'no answer' };
}

function howToGetDocker(host: Host): string {
  if (host.debian) return 'sudo apt-get install docker.io';
  if (host.platform === 'linux') return 'https://docs.docker.com/engine/install/';
  return 'https://docs.docker.com/desktop/';
}
