import type { Content, FigureText } from './content.js';
import { FIGURE_NOTES, foundSection } from './found.js';
import { type Html, html, jsonScript } from './html.js';
import { MEASURES } from './payload.js';
import { settings, whatWasRun } from './setting.js';
import { publishedTable, runsTable } from './tables.js';
import { verdictsTable } from './verdicts.js';

/** The page without its scripts: all that can be read where none runs, and what they work with. */
export function pageBody(title: string, content: Content): Html {
  const { runs, evidence, figures, published, payload } = content;
  const scenarios = [...new Set(runs.map((run) => run.scenario))].sort();
  return html`
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${title}</h1>
<p>${whatWasRun(runs)}</p>
<nav aria-label="Contents"><ul>
<li><a href="#findings">What it says</a></li>
<li><a href="#figures">Figures</a></li>
<li><a href="#explore">Explore the runs</a></li>
<li><a href="#published">Published and measured</a></li>
<li><a href="#consistency">Consistency</a></li>
<li><a href="#runs">Every run</a></li>
<li><a href="#setting">What it ran on</a></li>
</ul></nav>
</header>
<main id="main">
${foundSection(content.findings, new Set(payload.figures.map(({ name }) => name)))}
<h2 id="figures">Figures</h2>
<p>Each figure answers a question; the caption below it says what this dataset answers.</p>
<div class="figures">${figures.map(figureSection)}</div>
${leftOut(figures)}
<section class="screen">
<h2 id="explore">Explore the runs</h2>
<div class="controls">
<label>Scenario <select id="scenario"><option value="">All scenarios</option>${scenarios.map((name) => html`<option>${name}</option>`)}</select></label>
</div>
<h3>Run beside run</h3>
<div class="controls">
<label>Measure <select id="measure">${Object.entries(MEASURES).map(([name, words]) => html`<option value="${name}">${words}</option>`)}</select></label>
<label class="check"><input type="checkbox" id="compare-log"> Logarithmic scale</label>
</div>
<figure><div class="chart" id="compare-chart"><div class="drawing"></div></div>
<figcaption>Each dot is a run that is complete and whose fault, if any, was confirmed: <span id="compare-note" role="status"></span>.</figcaption></figure>
<h3 id="over-time">One run over time</h3>
<div class="controls">
<label>Run <select id="run">${payload.timelines.map(({ run_id }) => html`<option value="${run_id}" data-scenario="${runs.find((run) => run.run_id === run_id)!.scenario}">${run_id}</option>`)}</select></label>
<label class="check"><input type="checkbox" id="timeline-log" checked> Logarithmic latency</label>
<label>From (s) <input type="number" id="from" min="0" step="any" value="0"></label>
<label>To (s) <input type="number" id="to" min="0" step="any"></label>
<button type="button" id="zoom-in">Zoom in</button>
<button type="button" id="zoom-out">Zoom out</button>
<button type="button" id="zoom-fault">Around the fault</button>
<button type="button" id="zoom-whole">Whole run</button>
</div>
<figure><div class="chart" id="timeline-chart"><div class="drawing"></div></div>
<figcaption><span id="timeline-note" role="status"></span> Dashed rules are events; drag over the chart to see a span closer. A worker that waits sends nothing, so slow spans hold fewer operations than they would with clients that do not wait.</figcaption></figure>
</section>
<h2 id="published">Published in 2022, and measured here</h2>
${publishedTable(published)}
<h2 id="consistency">Consistency</h2>
${verdictsTable(content.verdicts)}
<h2 id="runs">Every run</h2>
<p>All runs of the dataset, those with a doubt too. Figures leave out what is not complete, or whose fault left no evidence. The last column has the writes that were acknowledged, and the rows that were found afterwards.</p>
<p class="paper">The table of all ${runs.length} runs is in the file, and not printed.</p>
<div class="screen">${runsTable(runs, evidence)}</div>
<h2 id="setting">What it ran on</h2>
${settings(runs)}
</main>
<footer>Made by dqlite-reliability. This file holds all that it shows, and asks for nothing over the network.</footer>
${jsonScript('payload', payload)}`;
}

function figureSection({ name, title, question, captions }: FigureText): Html {
  if (captions === undefined) return html``;
  const { short, long } = captions;
  const whole = short === long ? html`` : html`<details><summary>In full</summary>${long}</details>`;
  return html`<section class="figure" id="section-${name}" aria-labelledby="title-${name}">
<h3 id="title-${name}">${title}</h3>
<p class="question">${question}</p>
<figure><div class="chart" id="figure-${name}"><div class="drawing"></div></div><figcaption>${short}${whole}</figcaption></figure>${note(name)}
</section>
`;
}

function note(name: string): Html {
  const words = FIGURE_NOTES[name];
  return words === undefined ? html`` : html`<p class="note">${words}</p>`;
}

function leftOut(figures: readonly FigureText[]): Html {
  const missing = figures.filter((one) => one.missing !== undefined);
  if (missing.length === 0) return html``;
  return html`<h3>Left out</h3><ul>${missing.map((one) => html`<li>${one.title}: this dataset has ${one.missing!}.</li>`)}</ul>`;
}
