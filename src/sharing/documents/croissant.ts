import type { DataPackage } from '../../dataset/datapackage.js';
import type { Column, SqlType, Table } from '../../dataset/schema.js';
import { ALL_TABLES } from '../../results/core/tables.js';
import { personOf } from './people.js';

/**
 * croissant.json of a dataset: its files and their columns, for programs that read Croissant 1.0
 * (https://docs.mlcommons.org/croissant/docs/croissant-spec.html), such as dataset search engines.
 */
export function croissant(described: DataPackage): string {
  const files = described.resources.flatMap((resource) => {
    const table = ALL_TABLES.find(({ name }) => name === resource.name);
    return table ? [{ ...resource, table }] : [];
  });
  const content = {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: described.name,
    description: described.description,
    version: described.version,
    datePublished: described.created.slice(0, 10),
    license: 'https://creativecommons.org/licenses/by/4.0/',
    keywords: described.keywords,
    creator: described.contributors.map(personOf),
    ...(described.id ? { url: described.id } : {}),
    distribution: files.map(({ path, bytes, hash, table }) => ({
      '@type': 'cr:FileObject',
      '@id': path,
      name: table.name,
      description: `Each row is ${table.row}.`,
      contentUrl: path,
      contentSize: `${bytes} B`,
      encodingFormat: path.endsWith('.csv') ? 'text/csv' : 'application/x-parquet',
      sha256: hash.replace('sha256:', ''),
    })),
    recordSet: files.map(({ path, table }) => recordSet(table, path)),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function recordSet(table: Table, path: string): object {
  return {
    '@type': 'cr:RecordSet',
    '@id': table.name,
    name: table.name,
    description: `Each row is ${table.row}.`,
    ...(table.key ? { key: table.key.map((column) => ({ '@id': `${table.name}/${column}` })) } : {}),
    field: table.columns.map((column) => field(table, column, path)),
  };
}

function field(table: Table, column: Column, path: string): object {
  return {
    '@type': 'cr:Field',
    '@id': `${table.name}/${column.name}`,
    name: column.name,
    description: column.unit ? `${column.about} (${column.unit})` : column.about,
    dataType: DATA_TYPES[column.type],
    source: { fileObject: { '@id': path }, extract: { column: column.name } },
    ...(column.references ? { references: { '@id': column.references.replace('.', '/') } } : {}),
  };
}

const DATA_TYPES: Record<SqlType, string> = {
  VARCHAR: 'sc:Text',
  BIGINT: 'sc:Integer',
  INTEGER: 'sc:Integer',
  DOUBLE: 'sc:Float',
  BOOLEAN: 'sc:Boolean',
};

/** The context that the specification gives for version 1.0: readers compare it as a whole. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};
