import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { escapeHtml } from '../common/html.js';
import { packagePath } from '../common/paths.js';
import type { Dataset } from '../dataset/open.js';
import { reportContent } from './content.js';
import { pageBody } from './page.js';
import { STYLE } from './style.js';

/** Nothing but what the file itself holds: no request can leave the page. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";

/** A dataset's report as one HTML file that needs nothing else. */
export async function report(data: Dataset): Promise<string> {
  const content = await reportContent(data);
  const campaigns = [...new Set(content.runs.map(({ campaign }) => campaign))].sort();
  const title = `dqlite under faults: ${campaigns.join(', ') || basename(data.folder)}`;
  const body = pageBody(title, content);
  const [vega, tooltip, script] = await Promise.all([vegaScript(), tooltipScript(), pageScript()]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>${body.text}
<script>${vega}</script>
<script type="module">${tooltip}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

const require = createRequire(import.meta.url);

function vegaScript(): Promise<string> {
  return readScript(packageFile('vega', 'build/vega.min.js'));
}

/** vega-tooltip is an ES module that imports three functions, which vega has too. */
async function tooltipScript(): Promise<string> {
  const module = await readScript(packageFile('vega-tooltip', 'build/index.js'));
  const script = module
    .replace(/^import \{([^}]*)\} from 'vega-util';/m, 'const {$1} = vega;')
    .replace(/^export \{[^}]*\};/m, 'globalThis.vegaTooltip = { Handler };');
  if (/^(import|export) /m.test(script)) throw new Error('vega-tooltip is not built as it was');
  return script;
}

/** The modules of browser/, each after those that it imports. */
const MODULES = ['dom', 'chart', 'tools', 'drag', 'comparison', 'timeline', 'sorting', 'main'];

/** One script of them all: a name that two of them had would be an error when it is loaded. */
async function pageScript(): Promise<string> {
  const scripts = await Promise.all(
    MODULES.map((name) => readScript(packagePath(`dist/src/report/browser/${name}.js`))),
  );
  return scripts
    .join('\n')
    .replace(/^import \{[^}]*\} from '\.\/.*$/gm, '')
    .replace(/^export /gm, '');
}

/** A script as the content of a `<script>`, which nothing in it ends, without the hint at its source map. */
async function readScript(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  return text.replace(/^\/\/# sourceMappingURL=.*$/gm, '').replace(/<\/(script)/gi, '<\\/$1');
}

function packageFile(name: string, file: string): string {
  const entry = require.resolve(name);
  return `${entry.slice(0, entry.lastIndexOf(`/node_modules/${name}/`))}/node_modules/${name}/${file}`;
}
