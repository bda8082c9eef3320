import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { packagePath, packageRoot } from './common/paths.js';
import { RESULTS } from './results/index.js';

/**
 * What the files of a folder may import besides each other: folders, single files, or, after `type `, types alone.
 * Everything flows one way, so that nothing upstream can come to depend on what is made from it.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/vocabulary/': [],
  'src/common/': [],
  'src/parquet/': [],
  'src/dataset/': ['src/common/', 'src/vocabulary/', 'src/parquet/'],
  'collect/': ['src/common/', 'src/vocabulary/', 'src/dataset/schema.ts'],
  'src/results/': ['src/common/', 'src/vocabulary/', 'src/dataset/'],
  'src/sharing/': ['src/common/', 'src/vocabulary/', 'src/dataset/', 'src/results/'],
  'src/ingest/': [
    'src/common/',
    'src/vocabulary/',
    'src/parquet/',
    'src/dataset/',
    'src/results/core/',
    'src/consistency/',
    'collect/capture/',
  ],
  'src/consistency/': ['src/common/', 'src/vocabulary/', 'src/dataset/'],
  'src/reduce/': [
    'src/common/',
    'src/vocabulary/',
    'src/dataset/',
    'src/ingest/ingest.ts',
    'src/consistency/check-dataset.ts',
    'collect/collect.ts',
  ],
  'src/figures/': ['src/common/', 'src/vocabulary/', 'src/results/', 'type src/dataset/'],
  'src/render/': ['src/common/', 'src/figures/'],
  'src/findings/': [
    'src/common/',
    'src/vocabulary/',
    'src/results/',
    'src/figures/parts/',
    'type src/dataset/',
  ],
  'src/report/': [
    'src/common/',
    'src/vocabulary/',
    'src/results/',
    'src/findings/',
    'src/figures/',
    'src/render/',
    'type src/dataset/',
  ],
  'src/explore/': ['src/common/', 'src/dataset/', 'src/results/core/', 'src/notebook/plot.ts'],
  'src/notebook/': ['src/common/', 'src/results/', 'src/figures/', 'src/render/', 'type src/dataset/'],
  'src/readme/': [
    'src/common/',
    'src/vocabulary/',
    'src/results/',
    'src/findings/',
    'src/figures/parts/',
    'src/dataset/datapackage.ts',
    'type src/dataset/',
  ],
  'src/setup/': ['src/common/', 'src/vocabulary/'],
  'src/testing/': ['src/', 'collect/'],
  'src/cli/': ['src/', 'collect/'],
  'src/': ['src/', 'collect/'],
};

/** Where SQL may stand: a number that anybody sees comes from a result, and whoever shows it only formats it. */
const SQL_STANDS_IN = [
  'src/dataset/',
  'src/results/',
  'src/consistency/',
  'src/sharing/',
  'src/ingest/',
  'src/testing/',
];

interface Import {
  /** The path that is imported, from the package's root, or the name of a package. */
  readonly target: string;
  readonly typeOnly: boolean;
}

for (const folder of ['src', 'collect']) {
  test(`the imports of ${folder}/ keep to the layers`, () => {
    const files = readdirSync(packagePath(folder), { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts')).map((file) => `${folder}/${file}`);
    const wrong = sources.flatMap((file) => {
      const text = readFileSync(join(packageRoot, file), 'utf8');
      return importsOf(file, text).flatMap((found) => complaint(file, found) ?? []);
    });
    assert.ok(sources.length > 0);
    assert.deepEqual(wrong, []);
  });
}

test('no SQL stands above the results', () => {
  const wrong = ['src', 'collect'].flatMap((folder) => {
    const files = readdirSync(packagePath(folder), { recursive: true, encoding: 'utf8' });
    return files
      .map((file) => `${folder}/${file}`)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .filter((file) => !SQL_STANDS_IN.some((place) => file.startsWith(place)))
      .filter((file) => queriesIn(file, readFileSync(join(packageRoot, file), 'utf8')).length > 0);
  });
  assert.deepEqual(wrong, []);
});

test('a query is found, however it is written', () => {
  const found = (text: string) => queriesIn('src/figures/a.ts', text).length;
  assert.equal(found('data.query(`SELECT run_id\n FROM runs WHERE trial = 1`)'), 1);
  assert.equal(found("data.query('from outages')"), 1);
  assert.equal(found("const words = 'read from samples of its node'; // select * from runs"), 0);
});

test('an import of what lies downstream is found, however it is written', () => {
  const wrong = (file: string, text: string) =>
    importsOf(file, text).flatMap((i) => complaint(file, i) ?? []);
  const upward = ['src/dataset/a.ts may not import src/figures/b.ts'];
  assert.deepEqual(wrong('src/dataset/a.ts', `import { b } from '../figures/b.js';`), upward);
  assert.deepEqual(wrong('src/dataset/a.ts', `export * from '../figures/b.js';`), upward);
  assert.deepEqual(wrong('src/dataset/a.ts', `const b = await import('../figures/b.js');`), upward);
  assert.deepEqual(wrong('src/dataset/a.ts', `type B = import('../figures/b.js').B;`), upward);
  assert.deepEqual(wrong('src/figures/a.ts', `import type { T } from '../dataset/open.js';`), []);
  assert.deepEqual(wrong('src/figures/a.ts', `import { type T, open } from '../dataset/open.js';`), [
    'src/figures/a.ts may not import src/dataset/open.ts',
  ]);
  assert.deepEqual(wrong('collect/run.ts', `import { TABLES } from '../src/dataset/schema.js';`), []);
  assert.deepEqual(wrong('collect/run.ts', `import { open } from '../src/dataset/open.js';`).length, 1);
});

test('a new folder has to be given its place', () => {
  const own = { target: 'src/common/files.ts', typeOnly: false };
  assert.match(complaint('src/extras/a.ts', own)!, /belongs to no layer/);
  assert.equal(complaint('src/index.ts', own), undefined);
});

test('tests reach the helpers in src/testing, other files do not', () => {
  const helper = { target: 'src/testing/synthetic-dataset.ts', typeOnly: false };
  assert.equal(complaint('src/results/rate.test.ts', helper), undefined);
  assert.match(complaint('src/results/rate.ts', helper)!, /may not import/);
});

test('processes are run with execa, and the package does not import itself by name', () => {
  const complaints = (target: string) => complaint('collect/run.ts', { target, typeOnly: false });
  assert.match(complaints('node:child_process')!, /execa/);
  assert.match(complaints('dqlite-reliability')!, /relative/);
  assert.equal(complaints('node:fs'), undefined);
});

function complaint(file: string, { target, typeOnly }: Import): string | undefined {
  if (/^(node:)?child_process$/.test(target)) return `${file} runs processes: use execa for that`;
  if (target === 'dqlite-reliability') return `${file} imports this package by name: use a relative path`;
  if (!/^(src|collect)\//.test(target)) return undefined;
  const layer = layerOf(file);
  if (!layer) return `${file} belongs to no layer: add its folder to src/layers.test.ts`;
  const allowed = [
    layer,
    ...MAY_IMPORT[layer]!,
    ...(file.endsWith('.test.ts') ? ['src/testing/', 'src/sharing/'] : []),
  ];
  const fits = allowed.some((entry) =>
    target.startsWith(typeOnly && entry.startsWith('type ') ? entry.slice('type '.length) : entry),
  );
  return fits ? undefined : `${file} may not import ${target}`;
}

function layerOf(file: string): string | undefined {
  const inTopFolder = /^src\/[^/]+$/.test(file);
  return Object.keys(MAY_IMPORT).find((folder) =>
    folder === 'src/' ? inTopFolder : file.startsWith(folder),
  );
}

function importsOf(file: string, text: string): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text;
    const target = name.startsWith('.') ? join(dirname(file), name).replace(/\.js$/, '.ts') : name;
    imports.push({ target, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return imports;
}

/** The texts of a file that are queries of a dataset's tables or results. */
function queriesIn(file: string, text: string): string[] {
  const views = ['runs', 'operations', 'events', 'evidence', 'samples', 'sources', ...Object.keys(RESULTS)];
  const query = new RegExp(`(\\bselect\\b[^]*\\b(from|join)|^.\\s*from)\\s+(${views.join('|')})\\b`, 'i');
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const literal = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    if (literal && query.test(node.getText())) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Whether nothing of an import is left at run time: `import type …`, or every name in it marked as a type. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause || clause.isTypeOnly) return clause !== undefined;
  const names = clause.namedBindings;
  if (clause.name || !names || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}
