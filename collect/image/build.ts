import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../src/common/errors.js';
import { packagePath } from '../../src/common/paths.js';
import type { Engine } from '../docker/api.js';
import { clientSources } from './client-sources.js';

/** Targets of the Dockerfile: the two benchmarks, the client, and what network faults are made with. */
export type Target = 'kvreadwrite' | 'write100-then-read' | 'client' | 'network-tools';

const SOURCE_LABEL = 'dqlite-reliability.source';

/** The name of a target's image; {@link buildImage} makes it. */
export function imageName(target: Target, release: string): string {
  return `dqlite-reliability/${target}:${release}`;
}

/**
 * Builds a target's image on an engine unless it was already built from the same files; returns its id.
 * `say` is told before it takes minutes.
 */
export async function buildImage(
  engine: Engine,
  target: Target,
  release: string,
  say: (text: string) => void,
): Promise<string> {
  const folder = packagePath('collect');
  const source = await sourceHash(folder, target);
  const name = imageName(target, release);
  const built = await inspect(engine, name);
  if (built?.Config.Labels?.[SOURCE_LABEL] === source) return built.Id;
  say(`building ${name} (a few minutes, once) …`);
  const file = ['-f', join(folder, 'image', 'Dockerfile')];
  const args = ['build', ...file, '--target', target, '--build-arg', `DEBIAN_RELEASE=${release}`];
  const result = await execa(
    'docker',
    [...args, '--label', `${SOURCE_LABEL}=${source}`, '-t', name, folder],
    {
      reject: false,
      all: true,
    },
  );
  if (result.failed) {
    const tail = result.all.trim().split('\n').slice(-12).join('\n');
    throw new UserError(`the image ${name} could not be built:\n${tail}`);
  }
  return (await inspect(engine, name))!.Id;
}

/** Versions of dqlite and go-dqlite in an image. */
export async function versionsIn(image: string) {
  const { stdout } = await execa('docker', ['run', '--rm', '--entrypoint', 'dpkg-query', image, '-W']);
  const version = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? null;
  return {
    dqlite_version: version(/^libdqlite\d[^\t]*\t(\S+)/m),
    go_dqlite_version: version(/^go-dqlite\t(\S+)/m),
  };
}

async function inspect(engine: Engine, name: string) {
  try {
    return await engine.call<{ Id: string; Config: { Labels?: Record<string, string> } }>(
      'GET',
      `/images/${name}/json`,
    );
  } catch (error) {
    if ((error as { status?: number }).status === 404) return undefined;
    throw error;
  }
}

async function sourceHash(folder: string, target: Target): Promise<string> {
  const digest = createHash('sha256');
  const tools = target === 'network-tools' ? ['nfq-delay.c'] : [];
  for (const file of ['Dockerfile', 'build-2022.sh', ...tools])
    digest.update(await readFile(join(folder, 'image', file)));
  if (target === 'client') digest.update(await clientSources());
  return digest.digest('hex').slice(0, 16);
}
