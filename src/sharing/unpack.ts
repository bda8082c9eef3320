import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { UserError } from '../common/errors.js';
import { createDataset } from '../dataset/create.js';
import { type DataPackage, parseDataPackage } from '../dataset/datapackage.js';
import { PACKAGE_FILE } from '../dataset/files.js';
import { DOCUMENTS, type DocumentName } from './documents/documents.js';
import { requireSound } from './verify/verify.js';

/** Larger packages are refused unless the limit is raised. */
export const MOST_BYTES = 20e9;
const MOST_TEXT_BYTES = 10e6;

/** Unpacks a file that `pack` made into a new folder, after all of it was checked. Returns what it describes. */
export async function unpack(file: string, target: string, mostBytes = MOST_BYTES): Promise<DataPackage> {
  if (!existsSync(file)) throw new UserError(`no such file: ${file}`);
  if (existsSync(target))
    throw new UserError(`${target} is there already: nothing was unpacked; choose a new folder`);
  const description = await check(file, mostBytes);
  await createDataset(target, async (folder) => {
    await eachEntry(file, async ({ name }, content) => {
      const path = join(folder, name);
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
  let sums = '';
  let total = 0;
  await eachEntry(file, async ({ name, type, size }, content) => {
    const words = JSON.stringify(name);
    if (type !== 'file') throw new UserError(`${file}: ${words} is a ${type}: expected files alone`);
    if (!description && name !== PACKAGE_FILE) {
      throw new UserError(
        `${file}: expected ${PACKAGE_FILE} first, received ${words}: this is no packed dataset`,
      );
    }
    const expected = description?.resources.find(({ path }) => path === name);
    const document = description !== undefined && (DOCUMENTS as readonly string[]).includes(name);
    if (description && !expected && !document) {
      throw new UserError(`${file}: ${words} is not in its ${PACKAGE_FILE}: nothing was unpacked`);
    }
    if (found.has(name)) throw new UserError(`${file}: ${words} comes twice`);
    total += size;
    if (total > mostBytes || (!expected && size > MOST_TEXT_BYTES)) {
      throw new UserError(`${file}: ${words} is too large: ${total} bytes, expected at most ${mostBytes}`);
    }
    if (expected && expected.bytes !== size) {
      throw new UserError(
        `${file}: ${words} has ${size} bytes, but its ${PACKAGE_FILE} says ${expected.bytes}`,
      );
    }
    const hash = createHash('sha256');
    const parts: Buffer[] = [];
    for await (const part of content) {
      hash.update(part as Buffer);
      if (!expected) parts.push(part as Buffer);
    }
    const text = Buffer.concat(parts).toString('utf8');
    if (!description) description = parseDataPackage(text, `${file}: ${PACKAGE_FILE}`);
    if (name === SUMS) sums = text;
    const sha256 = hash.digest('hex');
    if (expected && expected.hash !== `sha256:${sha256}`) {
      throw new UserError(`${file}: ${words} was changed: its SHA-256 is not that in ${PACKAGE_FILE}`);
    }
    found.set(name, sha256);
  });
  if (!description) throw new UserError(`${file}: no ${PACKAGE_FILE} in it: this is no packed dataset`);
  for (const { path } of description.resources) {
    if (!found.has(path)) {
      throw new UserError(`${file}: ${path} is missing, but its ${PACKAGE_FILE} lists it`);
    }
  }
  checkDocuments(file, found, sums);
  return description;
}

/** Packages made before there were documents have none; those that have some have all of them, as `SUMS` says. */
function checkDocuments(file: string, found: ReadonlyMap<string, string>, sums: string): void {
  const there = DOCUMENTS.filter((name) => found.has(name));
  for (const name of there.length > 0 ? DOCUMENTS : []) {
    if (!found.has(name)) throw new UserError(`${file}: ${name} is missing: the file was cut or changed`);
    if (name !== SUMS && !sums.split('\n').includes(`${found.get(name)}  ${name}`)) {
      throw new UserError(`${file}: ${JSON.stringify(name)} was changed: its SHA-256 is not that in ${SUMS}`);
    }
  }
}

const SUMS: DocumentName = 'SHA256SUMS';

interface PackedFile {
  /** Its path in the dataset, without the folder at the top. */
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

async function eachEntry(
  file: string,
  visit: (packed: PackedFile, content: Readable) => Promise<void>,
): Promise<void> {
  const extract = tar.extract();
  const input = createReadStream(file);
  input.on('error', (error) => extract.destroy(error));
  input.pipe(extract);
  try {
    let top: string | undefined;
    for await (const entry of extract) {
      const { name, type, size } = entry.header;
      top ??= name.endsWith(`/${PACKAGE_FILE}`) ? name.slice(0, -PACKAGE_FILE.length) : '';
      if (!/^([a-z0-9][a-z0-9._-]*\/)?$/.test(top) || !name.startsWith(top)) {
        throw new UserError(`${file}: ${JSON.stringify(name)}: expected all files in one folder`);
      }
      const packed = { name: name.slice(top.length), type: type ?? 'file', size: size ?? 0 };
      await visit(packed, entry as unknown as Readable);
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
