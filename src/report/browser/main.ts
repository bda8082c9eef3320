/**
 * The script of the report's page. It runs in the reader's browser as it is compiled, so what is imported here is joined
 * into one script, and of other folders types alone; `vega` and `vegaTooltip` are in the page before it. Text from the
 * data only ever becomes text nodes and attributes.
 */
import type { Payload } from '../payload.js';
import { draw, fitCharts } from './chart.js';
import { setUpComparison } from './comparison.js';
import { byId, select } from './dom.js';
import { setUpTimeline } from './timeline.js';
import { tools } from './tools.js';

const payload: Payload = JSON.parse(byId('payload').textContent!);

for (const { name, spec } of payload.figures) {
  const place = byId(`figure-${name}`);
  await draw(place, spec);
  tools(place, name, () => (spec.data ?? []).flatMap(({ values }) => values ?? []));
}
setUpComparison(payload);
setUpTimeline(payload);
setUpRuns();
fitCharts();
document.documentElement.dataset['drawn'] = 'yes';

/** Shows the rows of the chosen scenario in the table of runs. */
function setUpRuns(): void {
  const scenario = select('scenario');
  scenario.addEventListener('change', () => {
    for (const row of document.querySelectorAll<HTMLElement>('#runs-table tbody tr')) {
      row.hidden = scenario.value !== '' && row.dataset['scenario'] !== scenario.value;
    }
  });
}
