import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../src/common/errors.js';
import { packagePath } from '../../src/common/paths.js';

const SCRIPT = packagePath('collect', 'image', 'build-2022.sh');

/**
 * The benchmark with the changes of 2022, built on this machine from Debian's sources unless that was done already;
 * `version` names them. Returns its path. `say` is told before it takes half a minute.
 * @throws UserError with the end of the build's output
 */
export async function buildOnHost(version: string, say: (text: string) => void): Promise<string> {
  const script = await readFile(SCRIPT);
  const source = createHash('sha256').update(script).update(version).digest('hex').slice(0, 16);
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dqlite-reliability');
  const built = join(cache, `write100-then-read-${source}`);
  if (existsSync(built)) return built;
  say('building the benchmark of 2022 (half a minute, once) …');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'dqlite-reliability-build-'));
  const unfinished = `${built}.${process.pid}.tmp`;
  try {
    const env = { GOPATH: join(folder, 'go'), GOCACHE: join(folder, 'cache'), GOTMPDIR: folder };
    const result = await execa('sh', [SCRIPT, unfinished], { env, reject: false, all: true });
    if (result.failed) {
      const tail = result.all.trim().split('\n').slice(-12).join('\n');
      throw new UserError(
        `the workload write100-then-read needs the benchmark of 2022, which could not be built:\n${tail}\n` +
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
