import type { Row } from '../dataset/schema.js';
import { evidenceWords } from '../figures/parts/evidence-words.js';
import { number } from '../figures/parts/words.js';
import type { Comparison } from '../results/derived/published.js';
import type { Evidence } from '../results/runs/evidence.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import { EXPECTED_MODEL } from '../vocabulary/models.js';
import { configurationWords, severalWorkloads } from './content.js';
import { type Html, html } from './html.js';

/** Each published value beside that of this dataset. */
export function publishedTable(rows: readonly Comparison[]): Html {
  if (rows.every((row) => row.ours === null)) {
    return html`<p>This dataset has none of the configurations of 2022.</p>`;
  }
  const line = (row: Comparison) => html`<tr><td>${row.figure}</td><td>${row.label}</td><td>${row.unit}</td>
<td class="n">${number(row.value)}</td><td class="n">${row.ours ? number(row.ours.value) : '–'}</td>
<td class="n">${interval(row.ours)}</td><td class="n">${row.ours?.trials ?? '–'}</td>
<td class="n">${row.ratio.toFixed(2)}</td><td class="n">${row.oursRatio?.value.toFixed(2) ?? '–'}</td><td class="n">${interval(row.oursRatio)}</td><td>${row.oursRatio?.method ?? ''}</td></tr>
`;
  return html`<p>The hosts differ, so compare the ratios: each value over the baseline of its own evaluation.</p>
${search('published-table', rows.length)}<div class="scroll wide" tabindex="0" role="region" aria-label="Published and measured values"><table id="published-table" class="sortable">
<thead><tr><th>Figure</th><th>Configuration</th><th>Unit</th><th class="n">2022</th><th class="n">Here</th><th class="n">95 % interval</th><th class="n">Trials</th><th class="n">2022, ratio</th><th class="n">Here, ratio</th><th class="n">95 % interval</th><th>Ratio</th></tr></thead>
<tbody>${rows.map(line)}</tbody></table></div>`;
}

/** Every run, usable or not. */
export function runsTable(runs: readonly Row<'runs'>[], measured: ReadonlyMap<string, Evidence[]>): Html {
  const several = severalWorkloads(runs);
  const line = (run: Row<'runs'>) => html`<tr data-scenario="${run.scenario}">
<td><button type="button" data-run="${run.run_id}" aria-label="Show ${run.run_id} over time">${run.run_id}</button></td>
<td>${run.scenario}</td><td class="what">${configurationWords(run, several)}</td><td>${run.debian_release ?? ''}</td><td class="n">${run.trial}</td>
<td>${run.status === 'complete' ? 'complete' : html`<span class="flag">${run.status}</span>`} ${run.status_reason ?? ''}${run.repeated ? html` <span class="flag">made again</span>` : ''}</td>
<td class="why">${evidence(run, measured.get(run.run_id) ?? [])}</td><td>${run.run_flags ? html`<span class="flag">${run.run_flags.replaceAll(';', ', ')}</span>` : ''}</td>
<td class="n">${writes(run)}</td><td>${consistency(run)}</td></tr>
`;
  return html`${search('runs-table', runs.length)}<div class="scroll wide" tabindex="0" role="region" aria-label="Every run"><table id="runs-table" class="sortable">
<thead><tr><th>Run</th><th>Scenario</th><th>Configuration</th><th>Debian</th><th class="n">Trial</th><th>Status</th><th>Evidence of the fault</th><th>Flags</th><th class="n">Writes / rows</th><th>Consistency</th></tr></thead>
<tbody>${runs.map(line)}</tbody></table></div>`;
}

/** A field that filters a table, with how many of its rows are shown. */
export function search(table: string, rows: number): Html {
  return html`<div class="controls"><label>Find <input type="search" data-table="${table}" placeholder="words in a row"></label>
<span class="note"><span id="${table}-count" role="status">${rows} of ${rows}</span> rows; click a heading to sort</span></div>
`;
}

function interval(of: Comparison['ours']): string {
  return of?.low == null || of.high == null ? '–' : `${number(of.low)} to ${number(of.high)}`;
}

function evidence(run: Row<'runs'>, measured: readonly Evidence[]): Html | string {
  if (run.fault === NO_FAULT) return 'no fault';
  const words = measured.map(evidenceWords).join('; ');
  if (run.fault_confirmed === false) return html`<span class="flag">not tested</span> ${words}`;
  return run.fault_confirmed ? words : 'none recorded';
}

function consistency(run: Row<'runs'>): Html | string {
  const { consistency: verdict, consistency_model: model, consistency_reason: reason } = run;
  if (verdict === null) return '–';
  const expected = run.consistency_expected ?? EXPECTED_MODEL;
  if (verdict === 'valid')
    return expected === EXPECTED_MODEL ? 'valid' : `valid: ${model}, expected ${expected}`;
  const than = verdict === 'invalid' ? `: ${model}, expected ${expected}` : '';
  return html`<span class="flag">${verdict}</span>${than} ${reason ?? ''}`;
}

function writes({ acknowledged_writes: told, rows_found: found }: Row<'runs'>): string {
  if (told === null && found === null) return '–';
  return `${told?.toLocaleString('en') ?? '–'} / ${found?.toLocaleString('en') ?? '–'}`;
}
