import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { packagePath } from '../common/paths.js';
import { TABLES } from '../dataset/schema.js';
import { dictionary } from './dictionary.js';

test('data/README.md is the dictionary of the tables as they are', () => {
  const stored = readFileSync(packagePath('data/README.md'), 'utf8');
  assert.equal(stored, dictionary(), 'make it again with: npm run dataset -- dictionary');
});

test('every column stands in the dictionary, with what it means', () => {
  const text = dictionary();
  for (const { name, columns } of Object.values(TABLES)) {
    assert.ok(text.includes(`## ${name}\n`));
    for (const column of columns)
      assert.ok(text.includes(`| \`${column.name}\` | ${column.type} |`), column.name);
  }
});

test('CITATION.cff and package.json agree', () => {
  const citation = parse(readFileSync(packagePath('CITATION.cff'), 'utf8'));
  const { version, name, license } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
  assert.deepEqual([citation.version, citation.title, citation.license], [version, name, license]);
  assert.ok(citation.authors.length > 0);
});
