// Writes the lists of what a folder holds, a file each, so that nobody has to: adding a fault, runtime, result or figure is
// adding its file. Plain JavaScript, since it runs before the TypeScript is built.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = '// Made from the files beside it by src/generate-indexes.mjs, with every build.\n';

/** Each folder, and the text of its index, from the names of its files without ending, in their order. */
const INDEXES = {
  'collect/faults': (files) => `import type { FaultKind } from '../../src/vocabulary/faults.js';
${files.map(importDefault).join('')}import type { Fault } from './parts/fault.js';

/** The mechanics of every kind of fault. */
export const MECHANICS: Readonly<Record<FaultKind, Fault>> = {
${files.map((file) => `  ${key(file)},\n`).join('')}} satisfies Record<FaultKind, Fault>;
`,
  'collect/runtimes': (files) => `import type { RuntimeName } from '../../src/vocabulary/runtimes.js';
${files.map(importDefault).join('')}import type { RuntimeKind } from './parts/runtime.js';

/** What nodes can run in. */
export const RUNTIME_KINDS: Readonly<Record<RuntimeName, RuntimeKind>> = {
${files.map((file) => `  ${key(file)},\n`).join('')}} satisfies Record<RuntimeName, RuntimeKind>;
`,
  'src/results': (
    files,
  ) => `${files.map((file) => `import { ${camel(file)} } from './${file}.js';\n`).join('')}
/** Every result that a dataset stores, by the name of its view. */
export const RESULTS = {
${files.map((file) => `  ${pair(file.replaceAll('-', '_'), camel(file))},\n`).join('')}} as const;
`,
  'src/figures': (
    files,
    texts,
  ) => `${files.map(importDefault).join('')}import type { Figure } from './parts/figure.js';

const all: (Figure | Figure[])[] = [
${files.map((file) => `  ${variable(file)},\n`).join('')}];

/** Every figure, in the order of the index page. */
export const figures: readonly Figure[] = all.flat().sort((a, b) => a.order - b.order);

/** Their names. */
export type FigureName =
${figureNames(texts)
  .map((name) => `  | '${name}'`)
  .join('\n')};
`,
};

/** The text that the index of each folder should have, by its path. */
export function indexes(root) {
  const texts = {};
  for (const [folder, make] of Object.entries(INDEXES)) {
    const files = readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts')
      .map((name) => name.slice(0, -'.ts'.length))
      .sort();
    const sources = files.map((file) => readFileSync(join(root, folder, `${file}.ts`), 'utf8'));
    texts[`${folder}/index.ts`] = HEAD + make(files, sources);
  }
  return texts;
}

/** Writes those that are not as they should be. */
export function writeIndexes(root) {
  for (const [path, text] of Object.entries(indexes(root))) {
    const file = join(root, path);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  }
}

/** The names that figures have: a name stands before an order. */
function figureNames(texts) {
  return texts
    .flatMap((text) =>
      [...text.matchAll(/\bname: '([^']+)',\s*(?:\w+: '[^']*',\s*)*order:/g)].map(([, name]) => name),
    )
    .sort();
}

function camel(file) {
  return file.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** A name that shadows nothing. */
function variable(file) {
  return file === 'process' ? 'processes' : camel(file);
}

function importDefault(file) {
  return `import ${variable(file)} from './${file}.js';\n`;
}

function key(file) {
  return pair(/-/.test(file) ? `'${file}'` : file, variable(file));
}

function pair(name, value) {
  return name === value ? name : `${name}: ${value}`;
}
