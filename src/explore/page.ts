import { createHash } from 'node:crypto';
import { counted } from '../common/counted.js';
import { escapeHtml } from '../common/html.js';
import type { Flat } from '../dataset/flat.js';
import { IMPORT_MAP } from './modules.js';
import { STYLE } from './style.js';

const MAP = JSON.stringify(IMPORT_MAP);

/** The page may load and ask nothing but this server. Plot sets styles of elements. */
export const POLICY = `default-src 'none'; script-src 'self' 'sha256-${createHash('sha256').update(MAP).digest('base64')}'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The explorer's page. */
export function page({ title, ...shown }: Flat & { title: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Explore: ${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<script type="importmap">${MAP}</script>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${shownWords(shown)} Drag over a chart, or click a bar, and the others follow; a click on an empty place of a chart takes it back.</p>
<p id="trouble" role="alert"></p>
</header>
<main>
<section aria-labelledby="all"><h2 id="all">All runs</h2>
<div class="controls" id="filters"></div>
<p class="count"><output id="count">…</output> <button type="button" id="reset">Show all again</button></p>
<div class="charts" id="overview"></div></section>
<section aria-labelledby="one"><h2 id="one">One run over time</h2>
<div class="controls"><label>Run <select id="run"></select></label></div>
<p class="count"><output id="span">…</output></p>
<div class="charts" id="timeline"></div>
<table id="marks"><thead><tr><th class="n">s</th><th>event</th><th>node</th><th>detail</th></tr></thead><tbody></tbody></table></section>
<section aria-labelledby="ask"><h2 id="ask">Your own question</h2>
<p>In SQL, as DuckDB has it: <code>ops</code> and <code>marks</code> (above), and every table and result of the dataset (<code>runs</code>, <code>events</code>, <code>outages</code>, …).</p>
<textarea id="sql" rows="6" spellcheck="false" aria-label="SQL"></textarea>
<div class="controls"><button type="button" id="answer">Ask (Ctrl+Enter)</button><button type="button" id="csv">All rows as CSV</button>
<label>Draw <select id="mark"><option>bar</option><option>point</option><option>line</option><option>area</option><option>boxplot</option><option>tick</option></select></label>
<label>x <select id="x"></select></label><label>y <select id="y"></select></label><label>colour <select id="color"></select></label>
<button type="button" id="draw">Draw</button><button type="button" id="spec" disabled>The figure’s spec (.vl.json)</button></div>
<p id="problem" role="alert"></p>
<div id="drawn"></div>
<p class="count"><output id="rows"></output></p>
<div class="scroll"><table id="table"><thead></thead><tbody></tbody></table></div></section>
</main>
<script type="module" src="/browser/main.js"></script>
</body>
</html>
`;
}

function shownWords({ operations, every, runs, summarised }: Flat): string {
  const count = operations.toLocaleString('en-US');
  const some = `${every === 1 ? `All ${count} operations` : `One operation of ${every}, of ${count},`} of ${counted(runs, 'run')}.`;
  if (summarised === 0) return some;
  return `${some} ${counted(summarised, 'run')} more ${summarised === 1 ? 'keeps' : 'keep'} only results, for size: <a href="#ask">ask for them in SQL</a>.`;
}
