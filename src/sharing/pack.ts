import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { UserError } from '../common/errors.js';
import { temporaryBeside } from '../common/files.js';
import { createDataset } from '../dataset/create.js';
import { type DataPackage, parseDataPackage, readDataPackage } from '../dataset/datapackage.js';
import { PACKAGE_FILE } from '../dataset/files.js';
import { requireSound } from './verify/verify.js';

/** Larger packages are refused unless the limit is raised. */
export const MOST_BYTES = 20e9;
const MOST_PACKAGE_BYTES = 10e6;

/** Makes one tar file of a sound dataset; the same dataset gives the same bytes. Nothing but its files goes in. */
export async function pack(folder: string, file: string): Promise<{ files: number; bytes: number }> {
  await requireSound(folder);
  if (existsSync(file)) throw new UserError(`${file} is there already: choose another name`);
  const { resources } = await readDataPackage(folder);
  const names = [PACKAGE_FILE, ...resources.map(({ path }) => path)];
  const target = resolve(file);
  const temporary = temporaryBeside(target);
  await mkdir(dirname(target), { recursive: true });
  try {
    const archive = tar.pack();
    const written = pipeline(archive, createWriteStream(temporary));
    const added = (async () => {
      for (const name of names) {
        const { size } = statSync(join(folder, name));
        const entry = archive.entry({ name, size, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 });
        await pipeline(createReadStream(join(folder, name)), entry);
      }
      archive.finalize();
    })();
    await Promise.all([written, added]);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return { files: names.length, bytes: statSync(target).size };
}

/** Unpacks a file that `pack` made into a new folder, after all of it was checked. Returns what it describes. */
export async function unpack(file: string, target: string, mostBytes = MOST_BYTES): Promise<DataPackage> {
  if (!existsSync(file)) throw new UserError(`no such file: ${file}`);
  if (existsSync(target))
    throw new UserError(`${target} is there already: nothing was unpacked; choose a new folder`);
  const description = await check(file, mostBytes);
  await createDataset(target, async (folder) => {
    await eachEntry(file, async (header, content) => {
      const path = join(folder, header.name);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(content, createWriteStream(path, { flags: 'wx' }));
    });
    await requireSound(folder);
  });
  return description;
}

/** Reads a whole package without writing anything, and throws unless it is exactly the files that it describes. */
async function check(file: string, mostBytes: number): Promise<DataPackage> {
  const found = new Map<string, string>();
  let description: DataPackage | undefined;
  let total = 0;
  await eachEntry(file, async (header, content) => {
    const name = JSON.stringify(header.name);
    if (header.type !== 'file')
      throw new UserError(`${file}: ${name} is a ${header.type}: expected files alone`);
    const expected = description ? description.resources.find(({ path }) => path === header.name) : undefined;
    if (!description && header.name !== PACKAGE_FILE) {
      throw new UserError(
        `${file}: expected ${PACKAGE_FILE} first, received ${name}: this is no packed dataset`,
      );
    }
    if (description && !expected) {
      throw new UserError(`${file}: ${name} is not in its ${PACKAGE_FILE}: nothing was unpacked`);
    }
    if (found.has(header.name)) throw new UserError(`${file}: ${name} comes twice`);
    const size = header.size ?? 0;
    total += size;
    if (total > mostBytes || (!description && size > MOST_PACKAGE_BYTES)) {
      throw new UserError(`${file}: ${name} is too large: ${total} bytes, expected at most ${mostBytes}`);
    }
    if (expected && expected.bytes !== size) {
      throw new UserError(
        `${file}: ${name} has ${size} bytes, but its ${PACKAGE_FILE} says ${expected.bytes}`,
      );
    }
    const hash = createHash('sha256');
    const parts: Buffer[] = [];
    for await (const part of content) {
      hash.update(part as Buffer);
      if (!description) parts.push(part as Buffer);
    }
    if (!description) {
      description = parseDataPackage(Buffer.concat(parts).toString('utf8'), `${file}: ${PACKAGE_FILE}`);
    }
    const sha256 = `sha256:${hash.digest('hex')}`;
    if (expected && expected.hash !== sha256) {
      throw new UserError(`${file}: ${name} was changed: its SHA-256 is not that in ${PACKAGE_FILE}`);
    }
    found.set(header.name, sha256);
  });
  if (!description) throw new UserError(`${file}: no ${PACKAGE_FILE} in it: this is no packed dataset`);
  for (const { path } of description.resources) {
    if (!found.has(path))
      throw new UserError(`${file}: ${path} is missing, but its ${PACKAGE_FILE} lists it`);
  }
  return description;
}

async function eachEntry(
  file: string,
  visit: (header: tar.Header, content: Readable) => Promise<void>,
): Promise<void> {
  const extract = tar.extract();
  const input = createReadStream(file);
  input.on('error', (error) => extract.destroy(error));
  input.pipe(extract);
  try {
    for await (const entry of extract) {
      await visit(entry.header, entry as unknown as Readable);
      entry.resume();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file}: not a whole tar file: ${(error as Error).message}`, { cause: error });
  } finally {
    input.destroy();
    extract.destroy();
  }
}
