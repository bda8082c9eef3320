import type { VerdictCount } from '../results/derived/verdict-counts.js';
import { type Html, html } from './html.js';
import { search } from './tables.js';

/** The verdicts on the histories of the client, by release, scenario and workload. */
export function verdictsTable(counts: readonly VerdictCount[]): Html {
  if (counts.length === 0) {
    return html`<p>This dataset has no run of the client: the benchmark of 2022 records no keys and no values to be judged by.</p>`;
  }
  const flagged = (n: number) => (n > 0 ? html`<span class="flag">${n}</span>` : '0');
  const line = (
    one: VerdictCount,
  ) => html`<tr><td>${one.release}</td><td>${one.scenario}</td><td>${one.workload}</td><td>${one.expected}</td>
<td class="n">${one.runs}</td><td class="n">${one.valid}</td><td class="n">${flagged(one.invalid)}</td><td class="n">${flagged(one.unknown)}</td>
<td class="n">${one.untested}</td><td class="n">${one.failed}</td><td class="why">${one.why.join('; ')}</td></tr>
`;
  return html`<p>Each run is judged by all that its clients sent and saw: valid if the model that its scenario expects explains it. Strict serializability of registers is linearizability. Untested: nothing was wrong, and no measurement shows that the fault took effect.</p>
${search('verdicts-table', counts.length)}<div class="scroll wide" tabindex="0" role="region" aria-label="Verdicts on consistency"><table id="verdicts-table" class="sortable">
<thead><tr><th>Release</th><th>Scenario</th><th>Workload</th><th>Expected</th><th class="n">Runs</th><th class="n">Valid</th><th class="n">Invalid</th><th class="n">Unknown</th><th class="n">Untested</th><th class="n">Failed</th><th>Why</th></tr></thead>
<tbody>${counts.map(line)}</tbody></table></div>`;
}
