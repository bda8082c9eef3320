import type { Comparison } from '../analysis/published.js';
import type { Row } from '../dataset/schema.js';
import { number } from '../figures/words.js';
import { type Content, configurationWords, type FigureText, severalWorkloads } from './content.js';
import { type Html, html, jsonScript } from './html.js';
import { MEASURES } from './payload.js';

/** The page without its scripts: all that can be read where none runs, and what they work with. */
export function pageBody(title: string, content: Content): Html {
  const { runs, figures, published, payload } = content;
  const scenarios = [...new Set(runs.map((run) => run.scenario))].sort();
  return html`
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${title}</h1>
<p>${whatWasRun(runs)}</p>
<nav aria-label="Contents"><ul>
<li><a href="#setting">What it ran on</a></li>
<li><a href="#claims">Claims and figures</a></li>
<li><a href="#explore">Explore the runs</a></li>
<li><a href="#published">Published and measured</a></li>
<li><a href="#runs">Every run</a></li>
</ul></nav>
</header>
<main id="main">
<h2 id="setting">What it ran on</h2>
${settings(runs)}
<h2 id="claims">Claims and figures</h2>
<p>Each figure is made to test a claim. The claims are the same for every dataset; the captions say what this one shows, which may contradict them.</p>
${figures.map(figureSection)}
${leftOut(figures)}
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
<figcaption>Each dot is a run that is complete and whose fault was shown to have taken effect: <span id="compare-note" role="status"></span>.</figcaption></figure>
<h3 id="over-time">One run over time</h3>
<div class="controls">
<label>Run <select id="run">${payload.timelines.map(({ run_id }) => html`<option value="${run_id}" data-scenario="${runs.find((run) => run.run_id === run_id)!.scenario}">${run_id}</option>`)}</select></label>
<label class="check"><input type="checkbox" id="timeline-log"> Logarithmic latency</label>
<label>From (s) <input type="number" id="from" min="0" step="any" value="0"></label>
<label>To (s) <input type="number" id="to" min="0" step="any"></label>
<button type="button" id="zoom-in">Zoom in</button>
<button type="button" id="zoom-out">Zoom out</button>
<button type="button" id="zoom-fault">Around the fault</button>
<button type="button" id="zoom-whole">Whole run</button>
</div>
<figure><div class="chart" id="timeline-chart"><div class="drawing"></div></div>
<figcaption><span id="timeline-note" role="status"></span> Dashed rules are events; drag over the chart to see a span closer. A worker that waits sends nothing, so slow spans hold fewer operations than they would with clients that do not wait.</figcaption></figure>
<h2 id="published">Published in 2022, and measured here</h2>
${publishedTable(published)}
<h2 id="runs">Every run</h2>
<p>All runs of the dataset, those with a doubt too. Figures leave out what is not complete, or whose fault left no evidence. The last column has the writes that were acknowledged, and the rows that were found afterwards.</p>
${runsTable(runs)}
</main>
<footer>Made by dqlite-reliability. This file holds all that it shows, and asks for nothing over the network.</footer>
${jsonScript('payload', payload)}`;
}

function whatWasRun(runs: readonly Row<'runs'>[]): string {
  const count = (values: unknown[]) => new Set(values).size;
  const complete = runs.filter((run) => run.status === 'complete').length;
  const faults = count(runs.filter((run) => run.fault !== 'none').map((run) => run.fault));
  const when = runs
    .map((run) => run.started_at)
    .filter((at) => at !== null)
    .sort();
  const [first, last] = [when[0]?.slice(0, 10), when.at(-1)?.slice(0, 10)];
  const span = !first ? '' : first === last ? ` on ${first}` : ` between ${first} and ${last}`;
  return `${counted(runs.length, 'run')} of ${counted(count(runs.map((run) => run.scenario)), 'scenario')} with ${counted(faults, 'kind')} of fault${span}; ${complete} of them complete.`;
}

function counted(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}

function settings(runs: readonly Row<'runs'>[]): Html {
  const distinct = (value: (run: Row<'runs'>) => string | number | null) =>
    [...new Set(runs.map(value))]
      .filter((one) => one !== null && one !== '')
      .sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true }))
      .join('; ') || 'not recorded';
  const rows: [string, string][] = [
    ['Campaign', distinct((run) => run.campaign)],
    [
      'dqlite',
      distinct((run) =>
        [run.dqlite_version, run.debian_release && `Debian ${run.debian_release}`].filter(Boolean).join(', '),
      ),
    ],
    ['go-dqlite', distinct((run) => run.go_dqlite_version)],
    [
      'Nodes ran in',
      distinct((run) =>
        run.runtime === 'compose' ? 'containers (Docker Compose)' : 'processes of one host',
      ),
    ],
    ['Workload', distinct((run) => run.workload)],
    ['Length of a run', distinct((run) => `${run.duration_s} s`)],
    [
      'Host',
      distinct((run) =>
        [run.host_cpus && `${run.host_cpus} CPUs`, run.host_cpu_model, run.host_memory_bytes && gib(run)]
          .filter(Boolean)
          .join(', '),
      ),
    ],
    ['Kernel', distinct((run) => run.kernel)],
    ['Results', distinct((run) => (run.source === 'measured' ? 'measured' : 'imported, of another origin'))],
  ];
  return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function gib({ host_memory_bytes: bytes }: Row<'runs'>): string {
  return `${(bytes! / 2 ** 30).toFixed(1)} GiB memory`;
}

function figureSection({ name, title, claim, caption }: FigureText): Html {
  if (caption === undefined) return html``;
  return html`<section class="figure" aria-labelledby="title-${name}">
<h3 id="title-${name}">${title}</h3>
<p class="claim"><span class="label">Claim</span> ${claim}</p>
<figure><div class="chart" id="figure-${name}"><div class="drawing"></div></div><figcaption>${caption}</figcaption></figure>
</section>
`;
}

function leftOut(figures: readonly FigureText[]): Html {
  const missing = figures.filter((one) => one.missing !== undefined);
  if (missing.length === 0) return html``;
  return html`<h3>Left out</h3><ul>${missing.map((one) => html`<li>${one.title}: this dataset has ${one.missing!}.</li>`)}</ul>`;
}

function publishedTable(rows: readonly Comparison[]): Html {
  if (rows.every((row) => row.ours === null)) {
    return html`<p>This dataset has none of the configurations of 2022.</p>`;
  }
  const line = (row: Comparison) => html`<tr><td>${row.figure}</td><td>${row.label}</td><td>${row.unit}</td>
<td class="n">${number(row.value)}</td><td class="n">${row.ours ? number(row.ours.value) : '–'}</td>
<td class="n">${interval(row.ours)}</td><td class="n">${row.ours?.trials ?? '–'}</td>
<td class="n">${row.ratio.toFixed(2)}</td><td class="n">${row.oursRatio?.value.toFixed(2) ?? '–'}</td><td class="n">${interval(row.oursRatio)}</td></tr>
`;
  return html`<p>The hosts differ, so compare the ratios: each value over the baseline of its own evaluation.</p>
<div class="scroll wide" tabindex="0" role="region" aria-label="Published and measured values"><table>
<thead><tr><th>Figure</th><th>Configuration</th><th>Unit</th><th class="n">2022</th><th class="n">Here</th><th class="n">95 % interval</th><th class="n">Trials</th><th class="n">2022, ratio</th><th class="n">Here, ratio</th><th class="n">95 % interval</th></tr></thead>
<tbody>${rows.map(line)}</tbody></table></div>`;
}

function interval(of: Comparison['ours']): string {
  return of?.low == null || of.high == null ? '–' : `${number(of.low)} to ${number(of.high)}`;
}

function runsTable(runs: readonly Row<'runs'>[]): Html {
  const several = severalWorkloads(runs);
  const line = (run: Row<'runs'>) => html`<tr data-scenario="${run.scenario}">
<td><button type="button" data-run="${run.run_id}" aria-label="Show ${run.run_id} over time">${run.run_id}</button></td>
<td>${run.scenario}</td><td class="what">${configurationWords(run, several)}</td><td>${run.debian_release ?? ''}</td><td class="n">${run.trial}</td>
<td>${run.status === 'complete' ? 'complete' : html`<span class="flag">${run.status}</span>`} ${run.status_reason ?? ''}</td>
<td class="why">${evidence(run)}</td><td>${run.flags ? html`<span class="flag">${run.flags.replaceAll(';', ', ')}</span>` : ''}</td>
<td class="n">${writes(run)}</td></tr>
`;
  return html`<div class="scroll wide" tabindex="0" role="region" aria-label="Every run"><table id="runs-table">
<thead><tr><th>Run</th><th>Scenario</th><th>Configuration</th><th>Debian</th><th class="n">Trial</th><th>Status</th><th>Evidence of the fault</th><th>Flags</th><th class="n">Writes / rows</th></tr></thead>
<tbody>${runs.map(line)}</tbody></table></div>`;
}

function evidence(run: Row<'runs'>): Html | string {
  if (run.fault === 'none') return 'no fault';
  const words = run.fault_evidence ?? '';
  if (run.fault_proven === false) return html`<span class="flag">not shown</span> ${words}`;
  return run.fault_proven ? `shown: ${words}` : `none recorded ${words}`;
}

function writes({ acknowledged_writes: told, rows_found: found }: Row<'runs'>): string {
  if (told === null && found === null) return '–';
  return `${told?.toLocaleString('en') ?? '–'} / ${found?.toLocaleString('en') ?? '–'}`;
}
