import type { DataPackage } from '../../dataset/datapackage.js';
import { PACKAGE_FILE } from '../../dataset/files.js';
import { ALL_TABLES } from '../../results/core/tables.js';
import { personOf } from './people.js';

const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';

/**
 * ro-crate-metadata.json of a dataset (RO-Crate 1.1, https://www.researchobject.org/ro-crate/): what is in the folder, who
 * made it and with what, for repositories that read it.
 * @param documents the names of the files beside the tables
 */
export function roCrate(described: DataPackage, documents: readonly string[]): string {
  const tables = described.resources.map(({ name, path, bytes, hash }) => {
    const table = ALL_TABLES.find((one) => one.name === name);
    return {
      '@id': path,
      '@type': 'File',
      name,
      description: table ? `Each row is ${table.row}.` : undefined,
      encodingFormat: path.endsWith('.csv') ? 'text/csv' : 'application/vnd.apache.parquet',
      contentSize: String(bytes),
      sha256: hash.replace('sha256:', ''),
    };
  });
  const texts = [PACKAGE_FILE, ...documents].map((name) => ({
    '@id': name,
    '@type': 'File',
    name,
    description: ABOUT[name] ?? `The file ${name}`,
    encodingFormat: formatOf(name),
  }));
  const people = described.contributors.map((one, i) => ({ '@id': `#author-${i + 1}`, ...personOf(one) }));
  const graph = [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
      about: { '@id': './' },
    },
    {
      '@id': './',
      '@type': 'Dataset',
      name: described.title,
      description: described.description,
      version: described.version,
      datePublished: described.created.slice(0, 10),
      keywords: described.keywords.join(', '),
      license: { '@id': LICENCE },
      author: people.map(reference),
      identifier: described.id,
      hasPart: [...tables, ...texts].map(reference),
    },
    {
      '@id': LICENCE,
      '@type': 'CreativeWork',
      name: 'Creative Commons Attribution 4.0 International',
      description: 'CC BY 4.0: share and adapt for any purpose, with attribution',
    },
    ...people,
    ...tables,
    ...texts,
  ];
  return `${JSON.stringify({ '@context': 'https://w3id.org/ro/crate/1.1/context', '@graph': graph }, null, 2)}\n`;
}

const ABOUT: Record<string, string> = {
  [PACKAGE_FILE]: 'Every table with its columns, types, length and SHA-256 (Data Package v2)',
  'README.md': 'What is in this dataset',
  'DICTIONARY.md': 'What every column means',
  LICENSE: 'The licence of the data',
  'CITATION.cff': 'How to cite this dataset',
  'croissant.json': 'The files and their columns, for programs that read Croissant',
};

function formatOf(name: string): string {
  if (name.endsWith('.json')) return 'application/json';
  return name.endsWith('.md') ? 'text/markdown' : 'text/plain';
}

const reference = ({ '@id': id }: { '@id': string }): { '@id': string } => ({ '@id': id });
