import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { UserError } from '../common/errors.js';
import { temporaryBeside } from '../common/files.js';
import { type DataPackage, readDataPackage } from '../dataset/datapackage.js';
import { PACKAGE_FILE } from '../dataset/files.js';
import { documentsOf } from './documents/documents.js';
import { info } from './info.js';
import { requireSound } from './verify/verify.js';

/**
 * Makes one tar file of a sound dataset: a folder with its tables, and the documents that people and repositories read.
 * The same dataset gives the same bytes.
 * @param page makes README.md for it; default: what `info` says
 */
export async function pack(
  folder: string,
  file: string,
  page: (folder: string) => Promise<string> = plainPage,
): Promise<{ files: number; bytes: number }> {
  await requireSound(folder);
  if (existsSync(file)) throw new UserError(`${file} is there already: choose another name`);
  const described = await readDataPackage(folder);
  const top = topFolder(described);
  const tables = [PACKAGE_FILE, ...described.resources.map(({ path }) => path)];
  const documents = documentsOf(folder, described, await page(folder));
  const target = resolve(file);
  const temporary = temporaryBeside(target);
  await mkdir(dirname(target), { recursive: true });
  try {
    const archive = tar.pack();
    const written = pipeline(archive, createWriteStream(temporary));
    const added = (async () => {
      for (const name of tables) {
        const { size } = statSync(join(folder, name));
        const entry = archive.entry(header(`${top}/${name}`, size));
        await pipeline(createReadStream(join(folder, name)), entry);
      }
      for (const [name, text] of documents) {
        archive.entry(header(`${top}/${name}`, Buffer.byteLength(text)), text);
      }
      archive.finalize();
    })();
    await Promise.all([written, added]);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return { files: tables.length + documents.size, bytes: statSync(target).size };
}

function header(name: string, size: number): Partial<tar.Header> & { name: string } {
  return { name, size, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 };
}

function topFolder({ name }: DataPackage): string {
  return /^[a-z0-9][a-z0-9._-]*$/.test(name) ? name : 'dataset';
}

async function plainPage(folder: string): Promise<string> {
  const { title, description } = await readDataPackage(folder);
  return `# ${title}\n\n${description}\n\n\`\`\`text\n${await info(folder)}\`\`\`\n\nWhat each column means: DICTIONARY.md.\n`;
}
