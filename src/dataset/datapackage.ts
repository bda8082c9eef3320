import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileWhole } from '../common/files.js';
import { fingerprint, PACKAGE_FILE } from './files.js';
import { type Column, type SqlType, TABLES, type Table } from './schema.js';

const FIELD_TYPES: Record<SqlType, string> = {
  VARCHAR: 'string',
  BIGINT: 'integer',
  INTEGER: 'integer',
  DOUBLE: 'number',
  BOOLEAN: 'boolean',
};

/** What a dataset says of itself beside its tables. */
export interface Description {
  name: string;
  title: string;
  description: string;
  /** ISO 8601. */
  created: string;
  [key: string]: unknown;
}

/** Writes a dataset's datapackage.json (Data Package v2) from the files that are there. */
export async function writeDataPackage(folder: string, description: Description): Promise<void> {
  const tables: Table[] = Object.values(TABLES).filter((table) => existsSync(join(folder, table.file)));
  const resources = await Promise.all(tables.map((table) => resource(folder, table)));
  const content = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    ...description,
    licenses: [
      {
        name: 'CC-BY-4.0',
        path: 'https://creativecommons.org/licenses/by/4.0/',
        title: 'Creative Commons Attribution 4.0',
      },
    ],
    resources,
  };
  await writeFileWhole(join(folder, PACKAGE_FILE), `${JSON.stringify(content, null, 2)}\n`);
}

async function resource(folder: string, table: Table): Promise<object> {
  const { bytes, sha256 } = await fingerprint(join(folder, table.file));
  const csv = table.file.endsWith('.csv');
  return {
    name: table.name,
    type: 'table',
    path: table.file,
    description: `Each row is ${table.row}. Rows are stored in the order of ${table.sortedBy.join(', ')}.`,
    format: csv ? 'csv' : 'parquet',
    mediatype: csv ? 'text/csv' : 'application/vnd.apache.parquet',
    encoding: csv ? 'utf-8' : undefined,
    bytes,
    hash: `sha256:${sha256}`,
    schema: {
      $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
      fields: table.columns.map(fieldOf),
      missingValues: [''],
      primaryKey: table.key,
      foreignKeys: foreignKeys(table),
    },
  };
}

function fieldOf(column: Column): object {
  return {
    name: column.name,
    type: FIELD_TYPES[column.type],
    description: column.about,
    unit: column.unit,
    constraints: {
      required: !column.optional,
      enum: column.oneOf,
      minimum: column.minimum,
    },
  };
}

function foreignKeys(table: Table): object[] | undefined {
  const keys = table.columns.flatMap((column) => {
    if (!column.references) return [];
    const [resource, field] = column.references.split('.');
    return [{ fields: [column.name], reference: { resource, fields: [field] } }];
  });
  return keys.length > 0 ? keys : undefined;
}
