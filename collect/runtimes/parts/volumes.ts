import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { worldlyReason } from '../../worldly-reason.js';
import { HostVolume, loopsOf, mountsBelow } from './volume.js';

/** Not below /tmp, which may be kept in memory: what nodes write is to meet a disk. */
const PARENT = process.env['TMPDIR'] || '/var/tmp';
const LEAST_MB = 16;

/** The folder that holds the file systems of a campaign's nodes while they run. */
export const volumesFolder = (campaign: string) => join(PARENT, `dqlite-reliability-${campaign}-volumes`);

/** A file system for each of these nodes, of so many megabytes (2^20 bytes). */
export async function makeVolumes(
  campaign: string,
  names: readonly string[],
  megabytes: number,
): Promise<Map<string, HostVolume>> {
  const folder = volumesFolder(campaign);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const made = await Promise.all(
    names.map(async (name): Promise<[string, HostVolume]> => {
      const volume = new HostVolume(join(folder, `${name}.img`));
      await volume.make(megabytes);
      return [name, volume];
    }),
  );
  return new Map(made);
}

/** Unmounts and removes the file systems of a campaign, which nothing uses any more; says what was there. */
export async function removeVolumes(campaign: string): Promise<string[]> {
  const folder = volumesFolder(campaign);
  const mounted = mountsBelow(folder);
  for (const at of mounted) await new HostVolume(`${at}.img`).unmount();
  // those whose mount a killed collector did not come to
  for (const loop of loopsOf(folder)) await execa('losetup', ['-d', `/dev/${loop}`], { reject: false });
  if (!existsSync(folder)) return mounted;
  await rm(folder, { recursive: true, force: true });
  return [...mounted, folder];
}

/** Why nodes cannot have file systems of their own here, or undefined when they can. */
export async function volumesLack(campaign: string): Promise<string | undefined> {
  const trial = `${campaign}-trial`;
  try {
    await makeVolumes(trial, ['trial'], LEAST_MB);
    return undefined;
  } catch (error) {
    return `no file system in a file can be mounted here (${firstLine(worldlyReason(error))}): run as root on a host with loop devices`;
  } finally {
    await removeVolumes(trial).catch(worldlyReason);
  }
}

function firstLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1) ?? text;
}
