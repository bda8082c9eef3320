import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataPackage } from '../../dataset/datapackage.js';
import { PACKAGE_FILE } from '../../dataset/files.js';
import { dictionaryOfOne } from '../dictionary.js';
import { citation } from './citation.js';
import { croissant } from './croissant.js';
import { license } from './license.js';
import { roCrate } from './ro-crate.js';

/** What stands in a packed dataset beside its tables: texts for people and for repositories. */
export const DOCUMENTS = [
  'README.md',
  'DICTIONARY.md',
  'LICENSE',
  'CITATION.cff',
  'croissant.json',
  'ro-crate-metadata.json',
  'SHA256SUMS',
] as const;

export type DocumentName = (typeof DOCUMENTS)[number];

/**
 * The documents of a dataset, made from its description; the same dataset gives the same bytes.
 * @param page README.md: what the dataset says, in Markdown
 */
export function documentsOf(folder: string, described: DataPackage, page: string): Map<DocumentName, string> {
  const documents = new Map<DocumentName, string>([
    ['README.md', page],
    ['DICTIONARY.md', dictionaryOfOne()],
    ['LICENSE', license],
    ['CITATION.cff', citation(described)],
    ['croissant.json', croissant(described)],
  ]);
  documents.set('ro-crate-metadata.json', roCrate(described, [...documents.keys()]));
  const sums = [
    [PACKAGE_FILE, sha256(readFileSync(join(folder, PACKAGE_FILE)))],
    ...described.resources.map(({ path, hash }) => [path, hash.replace('sha256:', '')]),
    ...[...documents].map(([name, text]) => [name, sha256(text)]),
  ];
  documents.set('SHA256SUMS', sums.map(([name, sum]) => `${sum}  ${name}\n`).join(''));
  return documents;
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
