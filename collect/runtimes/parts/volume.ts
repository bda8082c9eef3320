import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { open, readFile, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { until } from '../../observe/clock.js';
import { kernelError } from '../../worldly-reason.js';

/** The file system that a node has for its data alone. */
export interface Volume {
  /** Where it lies on the node's host. */
  readonly folder: string;
  /** How many bytes can still be written. */
  spaceLeft(): Promise<number>;
  /** Takes all the space that is left. */
  fill(): Promise<void>;
  /** Gives back what {@link fill} took. */
  free(): Promise<void>;
  /** Writes a block, and removes it: undefined, or why that was refused, such as ENOSPC or EROFS. */
  tryWrite(): Promise<string | undefined>;
  /** The file system meets an error and refuses all writes from then on, as it does when its disk fails. */
  turnReadOnly(): Promise<void>;
  /** Writes these bytes without waiting for the disk; and how many of them are there, undefined where it cannot be read. */
  writeUnsynced(bytes: number): Promise<void>;
  unsyncedBytes(): Promise<number | undefined>;
  /** Takes the file system away, has it checked, and mounts it again. Nothing may use it meanwhile. */
  repair(): Promise<void>;
}

const BALLAST = '.ballast';
const TRIAL = '.trial';
const UNSYNCED = '.unsynced';
const RELEASED_MS = 5000;
const CHUNK = Buffer.alloc(4096);

/** A file system in a file of this host, below its campaign's folder of volumes. */
export class HostVolume implements Volume {
  readonly folder: string;

  constructor(private readonly image: string) {
    this.folder = image.slice(0, -'.img'.length);
  }

  /** Makes an empty one; what is mounted there uses no space of the host before it is written. */
  async make(megabytes: number): Promise<void> {
    await writeFile(this.image, '');
    await truncate(this.image, megabytes * 2 ** 20);
    // blocks of 4 KiB as on a disk of usual size, and none kept back for root, which the nodes run as
    await execa('mkfs.ext4', ['-q', '-F', '-b', '4096', '-m', '0', this.image]);
    await this.mount();
  }

  async spaceLeft(): Promise<number> {
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize;
  }

  async fill(): Promise<void> {
    const ballast = join(this.folder, `${BALLAST}-${process.hrtime.bigint()}`);
    const { bavail, bsize } = await statfs(this.folder);
    // what the file itself needs to be kept is not there for its content
    if (bavail > 1) {
      await execa('fallocate', ['-l', String((bavail - 1) * bsize), ballast], { reject: false });
    }
    const file = await open(ballast, 'a');
    try {
      for (;;) await file.write(CHUNK);
    } catch (error) {
      if (kernelError(error).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  async free(): Promise<void> {
    const names = readdirSync(this.folder).filter((name) => name.startsWith(BALLAST));
    for (const name of names) await rm(join(this.folder, name), { force: true });
  }

  async tryWrite(): Promise<string | undefined> {
    const path = join(this.folder, TRIAL);
    try {
      const file = await open(path, 'w');
      try {
        await file.write(CHUNK);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rm(path);
      return undefined;
    } catch (error) {
      await rm(path, { force: true }).catch(kernelError);
      return kernelError(error).code;
    }
  }

  async turnReadOnly(): Promise<void> {
    await writeFile(`/sys/fs/ext4/${basename(this.device())}/trigger_fs_error`, 'fault injected');
  }

  async writeUnsynced(bytes: number): Promise<void> {
    await writeFile(join(this.folder, UNSYNCED), Buffer.alloc(bytes, 1));
  }

  async unsyncedBytes(): Promise<number | undefined> {
    try {
      return (await readFile(join(this.folder, UNSYNCED))).length;
    } catch (error) {
      return kernelError(error).code === 'ENOENT' ? 0 : undefined;
    }
  }

  async repair(): Promise<void> {
    await this.unmount();
    // 1: what was wrong has been corrected
    const { exitCode, all } = await execa('e2fsck', ['-p', this.image], { reject: false, all: true });
    if ((exitCode ?? 8) > 1) throw new Error(`the file system of ${this.folder} cannot be repaired: ${all}`);
    await this.mount();
  }

  async unmount(): Promise<void> {
    const gone = async () => {
      if (!mountsBelow(this.folder).includes(this.folder)) return true;
      return (await execa('umount', [this.folder], { reject: false })).failed ? undefined : true;
    };
    // a process that was just killed may hold it for a moment, and the kernel keeps the device while one does
    const released = async () => ((await gone()) && loopsOf(this.image).length === 0) || undefined;
    if (await until(released, { everyMs: 20, forMs: RELEASED_MS })) return;
    throw new Error(`the file system of ${this.folder} is still in use`);
  }

  device(): string {
    const line = mountLines().find(([, folder]) => folder === this.folder);
    if (!line) throw new Error(`nothing is mounted at ${this.folder}`);
    return line[0]!;
  }

  private async mount(): Promise<void> {
    await execa('mkdir', ['-p', this.folder]);
    // its loop device goes with it when it is unmounted
    await execa('mount', ['-o', 'loop,errors=remount-ro', this.image, this.folder]);
  }
}

/**
 * Cuts the power of file systems at one instant, as good as: from then on nothing reaches their disks, and what was not
 * there yet is lost, with what their journals had not committed.
 */
export async function cutPower(volumes: readonly Volume[]): Promise<void> {
  // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH; all are opened first, so that they are cut within a millisecond
  const script =
    'my @f = map { open my $f, "<", $_ or die "$_: $!"; $f } @ARGV; my $how = pack "L", 2;' +
    'for (@f) { defined ioctl $_, 0x8004587D, $how or die "shutdown: $!" }';
  await execa('perl', ['-e', script, ...volumes.map(({ folder }) => folder)]);
}

/** What is mounted below a folder, or at it, the innermost first. */
export function mountsBelow(folder: string): string[] {
  return mountLines()
    .map(([, at]) => at!)
    .filter((at) => at === folder || at.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
}

/** The loop devices whose file this is, or lies below this folder. */
export function loopsOf(path: string): string[] {
  return readdirSync('/sys/block').filter((name) => {
    const backing = `/sys/block/${name}/loop/backing_file`;
    if (!name.startsWith('loop') || !existsSync(backing)) return false;
    const file = readFileSync(backing, 'utf8').trim();
    return file === path || file.startsWith(`${path}/`);
  });
}

function mountLines(): string[][] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
}
