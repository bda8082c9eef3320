#!/usr/bin/env node
// What every npm script calls. It runs before anything is installed, so it is plain JavaScript with Node's own
// modules: it installs the npm packages and builds when they are missing or older than their sources, then hands over.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeIndexes } from './generate-indexes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

requireNode(20, 19);
installPackages();
await build();
if (process.argv[2] !== 'build') {
  await import(pathToFileURL(join(root, 'dist/src/cli/main.js')).href);
}

function requireNode(major, minor) {
  const [a, b] = process.versions.node.split('.').map(Number);
  if (a > major || (a === major && b >= minor)) return;
  stop(
    `Node ${process.versions.node} is too old: install Node ${major}.${minor} or later (https://nodejs.org)`,
  );
}

function installPackages() {
  const stamp = join(root, 'node_modules/.dqlite-reliability');
  const wanted = hash('package-lock.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing npm packages …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci failed: see its message above');
  writeFileSync(stamp, wanted);
}

async function build() {
  writeIndexes(root);
  const stamp = join(root, 'dist/.built');
  const sources = [
    ...typescriptFiles('src'),
    ...typescriptFiles('collect'),
    'tsconfig.json',
    'package-lock.json',
  ];
  const wanted = sources.map((file) => `${file} ${statSync(join(root, file)).mtimeMs}`).join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('building …');
  removeOutputs(wanted);
  // tslab brings a TypeScript of its own that takes over node_modules/.bin/tsc
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  run(process.execPath, [compiler, '-p', root], 'the build failed: see the compiler’s messages above');
  await bundle();
  writeFileSync(stamp, wanted);
}

/** Makes one file of each package that is hundreds of them, which take several times as long to load. */
async function bundle() {
  const { build } = await import('esbuild');
  const folder = 'src/common/bundled';
  await build({
    absWorkingDir: root,
    entryPoints: typescriptFiles(folder),
    outdir: join('dist', folder),
    external: ['canvas', '@duckdb/node-bindings'],
    // for what a bundle of CommonJS requires from outside
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20.19', logLevel: 'warning' },
  });
}

/** The compiler adds and replaces, and leaves what a removed source once became: a test that is gone would still run. */
function removeOutputs(wanted) {
  const kept = new Set(wanted.split('\n').map((line) => outputOf(line.split(' ')[0])));
  const dist = join(root, 'dist');
  if (!existsSync(dist)) return;
  for (const file of readdirSync(dist, { recursive: true })) {
    if (/\.(js|js\.map|d\.ts)$/.test(file) && !kept.has(file.replace(/\.(js|js\.map|d\.ts)$/, ''))) {
      rmSync(join(dist, file));
    }
  }
}

function outputOf(source) {
  return source.replace(/\.ts$/, '');
}

function typescriptFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .sort();
}

function hash(file) {
  return createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex');
}

function run(command, args, message) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) stop(message);
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

function stop(message) {
  say(`error: ${message}`);
  process.exit(1);
}
