import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../common/errors.js';
import { interruptible } from '../common/interrupt.js';
import { run } from './command.js';
import type { Host } from './host.js';

/** Where the file lies, and where the kernel lists what it swaps to. */
export interface SwapPaths {
  readonly file: string;
  readonly list: string;
}

const PATHS: SwapPaths = { file: '/var/lib/dqlite-reliability/swap', list: '/proc/swaps' };

/**
 * Gives a machine without swap a swap file, as root, until {@link removeSwap} or the machine's next start: a memory limit
 * makes a node slow with swap, and kills it without. Does nothing where there is swap already.
 * @param megabytes its size, MB of 2^20 bytes
 * @throws UserError where that is not allowed, or there is no room
 */
export async function addSwap(
  host: Host,
  megabytes: number,
  say: (message: string) => void,
  paths = PATHS,
): Promise<void> {
  const there = swapping(paths);
  if (there.length > 0) {
    say(`this machine swaps to ${there.join(', ')}: no swap was added`);
    return;
  }
  requireRoot(host, 'a swap file is made');
  say(`making a swap file of ${megabytes} MB, ${paths.file}; npm run setup -- --no-swap takes it away …`);
  await mkdir(dirname(paths.file), { recursive: true });
  try {
    await interruptible(async (cancelSignal) => {
      // written and not only reserved: the kernel swaps to no file with holes
      const size = ['bs=1M', `count=${megabytes}`];
      await run(host, 'dd', ['if=/dev/zero', `of=${paths.file}`, ...size], { cancelSignal });
      await run(host, 'chmod', ['600', paths.file]);
      await run(host, 'mkswap', [paths.file]);
      await run(host, 'swapon', [paths.file]);
    });
  } catch (error) {
    await rm(paths.file, { force: true });
    throw error;
  }
}

/** Takes away the swap file of {@link addSwap}, and no other swap. @throws UserError where that is not allowed */
export async function removeSwap(host: Host, say: (message: string) => void, paths = PATHS): Promise<void> {
  if (!existsSync(paths.file)) {
    say(`there is no swap file ${paths.file}: nothing to take away`);
    return;
  }
  requireRoot(host, 'a swap file is taken away');
  if (swapping(paths).includes(paths.file)) await run(host, 'swapoff', [paths.file]);
  await rm(paths.file);
  say(`took away the swap file ${paths.file}`);
}

function requireRoot(host: Host, what: string): void {
  if (!host.root) throw new UserError(`${what} as root only: call it with sudo`);
}

/** The files and partitions that the kernel swaps to. */
function swapping({ list }: SwapPaths): string[] {
  const lines = readFileSync(list, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.split(/\s+/)[0]!);
}
