/**
 * The script of the report's page. It runs in the reader's browser as it is compiled, so what is imported here is joined
 * into one script, and of other folders types alone; `vega` and `vegaTooltip` are in the page before it. Text from the
 * data only ever becomes text nodes and attributes.
 */
import type { Payload } from '../payload.js';
import { draw, fitCharts, setUpColours } from './chart.js';
import { setUpComparison } from './comparison.js';
import { byId } from './dom.js';
import { setUpTables } from './sorting.js';
import { setUpTimeline } from './timeline.js';
import { tools } from './tools.js';

const payload: Payload = JSON.parse(byId('payload').textContent!);

setUpColours(payload.dark);
for (const { name, spec, rows } of payload.figures) {
  const place = byId(`figure-${name}`);
  await draw(place, spec);
  tools(place, name, () => rows);
}
setUpComparison(payload);
setUpTimeline(payload);
setUpTables();
fitCharts();
document.documentElement.dataset['drawn'] = 'yes';
