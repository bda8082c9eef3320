import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../src/common/errors.js';
import { packagePath } from '../../src/common/paths.js';
import type { WORKLOADS } from '../../src/vocabulary/workloads.js';
import { CLIENT_FOLDER, clientSources } from './client-sources.js';

/** A program that workloads are played by. */
type Program = (typeof WORKLOADS)[keyof typeof WORKLOADS]['program'];

/** What a program is built with, and what tells one build from another. */
async function scriptOf(program: Program): Promise<{ script: string; sources: string }> {
  if (program === 'client')
    return { script: join(CLIENT_FOLDER, 'build.sh'), sources: await clientSources() };
  const script = packagePath('collect', 'image', 'build-2022.sh');
  return { script, sources: await readFile(script, 'utf8') };
}

/**
 * A program, built on this machine with Debian's packages unless that was done already; `version` names these. Returns its
 * path. `say` is told before it takes half a minute.
 * @throws UserError with the end of the build's output
 */
export async function buildOnHost(
  program: Program,
  version: string,
  say: (text: string) => void,
): Promise<string> {
  const { script, sources } = await scriptOf(program);
  const source = createHash('sha256').update(sources).update(version).digest('hex').slice(0, 16);
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dqlite-reliability');
  const built = join(cache, `${program}-${source}`);
  if (existsSync(built)) return built;
  say(`building ${program} (half a minute, once) …`);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'dqlite-reliability-build-'));
  const unfinished = `${built}.${process.pid}.tmp`;
  try {
    const env = { GOPATH: join(folder, 'go'), GOCACHE: join(folder, 'cache'), GOTMPDIR: folder };
    const result = await execa('sh', [script, unfinished], { env, reject: false, all: true });
    if (result.failed) {
      const tail = result.all.trim().split('\n').slice(-12).join('\n');
      throw new UserError(
        `${program}, which a workload needs, could not be built:\n${tail}\n` +
          'npm run setup -- --for process gets what it needs on Debian; scenarios with kvreadwrite run without it',
      );
    }
    await chmod(unfinished, 0o755);
    await rename(unfinished, built);
    return built;
  } finally {
    await rm(unfinished, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}
