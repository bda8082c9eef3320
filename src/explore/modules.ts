import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, sep } from 'node:path';
import { packagePath } from '../common/paths.js';

/** Where the browser finds what its modules import by name: nothing is bundled, each file is served as its package has it. */
export const IMPORT_MAP = {
  imports: {
    '@uwdata/vgplot': '/modules/@uwdata/vgplot/src/index.js',
    '@uwdata/mosaic-core': '/modules/@uwdata/mosaic-core/dist/src/index.js',
    '@uwdata/mosaic-sql': '/modules/@uwdata/mosaic-sql/dist/src/index.js',
    '@uwdata/mosaic-inputs': '/modules/@uwdata/mosaic-inputs/src/index.js',
    '@uwdata/mosaic-plot': '/modules/@uwdata/mosaic-plot/src/index.js',
    '@uwdata/flechette': '/modules/@uwdata/flechette/dist/flechette.mjs',
    '@duckdb/duckdb-wasm': '/modules/@duckdb/duckdb-wasm/index.js',
    '@observablehq/plot': '/plot.js',
    d3: '/d3.js',
  },
};

const require = createRequire(import.meta.url);

/** The packages of which files are served, and nothing else. */
const PACKAGES =
  /^\/modules\/(@uwdata\/[a-z-]+|@duckdb\/duckdb-wasm|d3|@observablehq\/plot)\/[\w./-]+\.m?js$/;

/** A file's text and type, for the browser; undefined for a path that is not one of those that it may have. */
export async function moduleAt(path: string): Promise<string | undefined> {
  if (path === '/d3.js') return ofScript('/modules/d3/dist/d3.min.js', 'd3', require('d3'));
  if (path === '/plot.js') {
    const module = ofScript(
      '/modules/@observablehq/plot/dist/plot.umd.min.js',
      'Plot',
      await import('@observablehq/plot'),
    );
    return `import 'd3';\n${module}`;
  }
  if (/^\/browser\/[\w-]+\.js$/.test(path)) return within(packagePath('dist/src/explore'), path);
  if (!PACKAGES.test(path) || path.includes('..')) return undefined;
  return within(packagePath('node_modules'), path.slice('/modules'.length));
}

/** A package that is whole in one file for script tags, as a module: what it has as a global is exported by name. */
function ofScript(file: string, global: string, exported: object): string {
  const names = Object.keys(exported)
    .filter((name) => name !== 'default')
    .join(', ');
  return `import '${file}';\nconst {${names}} = globalThis.${global};\nexport {${names}};\n`;
}

async function within(folder: string, path: string): Promise<string | undefined> {
  const file = join(folder, path);
  const found = await realpath(file).catch(() => undefined);
  if (found === undefined || !['.js', '.mjs'].includes(extname(found))) return undefined;
  // a package may be a link to elsewhere in this project, but to nowhere else
  if (!found.startsWith((await realpath(packagePath('.'))) + sep)) return undefined;
  return readFile(found, 'utf8');
}
