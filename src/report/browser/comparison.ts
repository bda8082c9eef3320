import type { Measure, PageRun, Payload } from '../payload.js';
import { draw, scale } from './chart.js';
import { byId, checkbox, select } from './dom.js';
import { tools } from './tools.js';

/** Run beside run: a dot for each, by scenario and measure. */
export function setUpComparison(payload: Payload): void {
  const place = byId('compare-chart');
  const [scenario, measure, log] = [select('scenario'), select('measure'), checkbox('compare-log')];
  const note = byId('compare-note');
  const rows = () => {
    const name = measure.value as Measure;
    return chosen(payload.runs, scenario.value)
      .map((run) => ({ ...run, value: run[name] }))
      .filter(({ value }) => value !== null && (!log.checked || value > 0));
  };
  const update = async () => {
    const shown = rows();
    note.textContent = `${shown.length} of ${payload.runs.length} usable runs`;
    await draw(place, scale(payload.compare, log), { runs: shown });
  };
  tools(place, 'runs', () => rows().map(({ value: _, ...run }) => run));
  for (const input of [scenario, measure, log]) input.addEventListener('change', update);
  void update();
}

function chosen(runs: readonly PageRun[], scenario: string): readonly PageRun[] {
  return scenario === '' ? runs : runs.filter((run) => run.scenario === scenario);
}
