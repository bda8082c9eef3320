import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import jsonld from 'jsonld';
import { parseContributor } from '../../dataset/contributors.js';
import { readDataPackage } from '../../dataset/datapackage.js';
import { ask, literal, openDuck } from '../../dataset/duck.js';
import { madeUpDataset } from '../../testing/made-up-dataset.js';
import { describe } from '../describe.js';
import { type DocumentName, documentsOf } from './documents.js';

test('the RO-Crate passes a validator, and lists every file', async (context) => {
  const { crate, names } = await sample(context);
  const complaints = await validate(crate(), [...names(), 'ro-crate-metadata.json', 'SHA256SUMS']);
  assert.deepEqual(
    complaints.map(({ entity, message }) => `${entity}: ${message}`),
    ['SHA256SUMS: Path in crate directory does not have a corresponding Data Entity in the crate'],
  );
});

test('that validator finds what is wrong with a crate', async (context) => {
  const { crate, names } = await sample(context);
  const broken = crate();
  const root = broken['@graph'].find((one) => one['@id'] === './')!;
  delete root['license'];
  root['datePublished'] = 'yesterday';
  const complaints = await validate(broken, names().slice(1));
  assert.equal(complaints.filter(({ status }) => status === 'error').length, 3);
});

test('Croissant means what its terms mean: no property is one that a reader does not know', async (context) => {
  const { documents } = await sample(context);
  const croissant = JSON.parse(documents.get('croissant.json')!);
  const options = { safe: true, base: 'https://example.org/data/' };
  const [dataset] = await jsonld.expand(croissant, options);
  const found = new Set(Object.keys(dataset!).filter((key) => !key.startsWith('@')));
  for (const term of ['name', 'license', 'creator', 'distribution', 'version', 'datePublished']) {
    assert.ok(found.has(`https://schema.org/${term}`), term);
  }
  assert.ok(found.has('http://mlcommons.org/croissant/recordSet'));
  assert.ok(found.has('http://purl.org/dc/terms/conformsTo'));
});

test('every field of Croissant is a column of the file that it names', async (context) => {
  const { data, documents } = await sample(context);
  const { recordSet, distribution } = JSON.parse(documents.get('croissant.json')!) as Croissant;
  const duck = await openDuck();
  context.after(() => duck.close());
  assert.deepEqual(distribution.map((one) => one['@id']).sort(), tablesOf(documents).sort());
  for (const { field } of recordSet) {
    const file = field[0]!.source.fileObject['@id'];
    const columns = await ask<{ column_name: string }>(duck, `DESCRIBE FROM ${literal(join(data, file))}`);
    assert.deepEqual(
      field.map(({ source }) => source.extract.column),
      columns.map(({ column_name }) => column_name),
    );
  }
});

test('the citation names the people with their ORCID iDs, the version and the DOI', async (context) => {
  const { documents } = await sample(context);
  const lines = documents.get('CITATION.cff')!.split('\n');
  for (const line of [
    'cff-version: 1.2.0',
    'title: "Runs: a \\"test\\""',
    'version: "1.2.0"',
    'doi: "10.5281/zenodo.1234567"',
    '  - name: "Ada Lovelace"',
    '    orcid: "https://orcid.org/0000-0002-1825-0097"',
    '  - name: "Grace Hopper"',
  ]) {
    assert.ok(lines.includes(line), line);
  }
});

interface Croissant {
  distribution: { '@id': string }[];
  recordSet: { field: { source: { fileObject: { '@id': string }; extract: { column: string } } }[] }[];
}

type Crate = { '@graph': Record<string, unknown>[] };

async function sample(context: TestContext) {
  const { data } = await madeUpDataset(context);
  await describe(data, {
    title: 'Runs: a "test"',
    contributors: [parseContributor('Ada Lovelace <0000-0002-1825-0097>'), parseContributor('Grace Hopper')],
    version: '1.2.0',
    doi: '10.5281/zenodo.1234567',
  });
  const described = await readDataPackage(data);
  const documents = documentsOf(data, described, '# Runs\n');
  const crate = (): Crate => JSON.parse(documents.get('ro-crate-metadata.json')!);
  return {
    data,
    documents,
    crate,
    names: () => [...tablesOf(documents), 'datapackage.json', ...documents.keys()],
  };
}

/** The tables that the checksums list, as paths. */
function tablesOf(documents: ReadonlyMap<DocumentName, string>): string[] {
  const listed = documents.get('SHA256SUMS')!.trim().split('\n');
  return listed.map((line) => line.slice(66)).filter((path) => /\.(csv|parquet)$/.test(path));
}

interface Complaint {
  status: string;
  message: string;
  entity?: string;
}

/** What the validator has against a crate in a folder with these files. The context comes from the library, not from the web. */
async function validate(crate: Crate, files: readonly string[]): Promise<Complaint[]> {
  const require = createRequire(import.meta.url);
  globalThis.fetch = async () => Response.json(require('ro-crate/lib/context.json'));
  const { Validator } = require('ro-crate/lib/validator.js');
  const validator = new Validator();
  validator.parseJSON(crate);
  await validator.crate.resolveContext();
  await validator.validate();
  validator.checkFiles(Object.fromEntries(files.map((file) => [file, { exists: true, inCrate: false }])));
  return (validator.results as Complaint[]).filter(
    ({ status }) => status === 'error' || status === 'warning',
  );
}
