import * as vg from '@uwdata/vgplot';
import { rowsOf } from './asking.js';
import { byId, chart } from './dom.js';
import { countTick, inWords, outcomeColours, powerOfTen, roomFor, size } from './looks.js';

const MOST_WIDTH = 560;
const MENUS = {
  scenario: 'Scenario',
  fault: 'Fault',
  target_role: 'On the',
  workload: 'Workload',
  debian_release: 'Release',
  op: 'Kind',
};

/** The px that counts take which label an axis. */
const COUNTS = roomFor(['000,000']);

/** All runs: charts that filter each other, and menus that filter them all. */
export async function overview(): Promise<void> {
  const scenarios = await rowsOf(vg.Query.from('ops').select('scenario').groupby('scenario'));
  // bars are marked by what was clicked among them alone, and filter together with all else
  const outcome = vg.Selection.single();
  const scenario = vg.Selection.single();
  const chosen = vg.Selection.crossfilter({ include: [outcome, scenario] });
  for (const [column, label] of Object.entries(MENUS)) {
    const menu = vg.menu({ from: 'ops', column, as: chosen, label }) as HTMLElement;
    menu.querySelector('select')?.setAttribute('aria-label', label);
    byId('filters').append(menu);
  }
  const from = () => vg.from('ops', { filterBy: chosen });
  const histogram = (column: string) => [
    // of the column, since what has no value there is in no bar, and would stretch the axis
    vg.rectY(from(), {
      x: vg.bin(column, { steps: 60 }),
      y: vg.count(column),
      inset: 0.5,
      fill: 'var(--strong)',
    }),
    vg.intervalX({ as: chosen }),
    vg.yLabel('operations'),
    vg.yTickFormat(countTick),
    vg.marginLeft(COUNTS),
  ];
  byId('overview').append(
    chart(
      vg.plot(
        ...histogram('log10_ms'),
        vg.xLabel('latency, ms'),
        vg.xTickFormat(powerOfTen),
        ...size(MOST_WIDTH, 220),
      ),
      'Latency of what was answered, on a logarithmic scale: since it was due (client), or sent (2022’s benchmark)',
    ),
    chart(
      vg.plot(...histogram('t_s'), vg.xLabel('time in the run, s'), ...size(MOST_WIDTH, 220)),
      'When operations began, since the start of their run’s workload',
    ),
    chart(
      vg.plot(
        vg.barX(from(), { x: vg.count(), y: 'outcome', fill: 'outcome', sort: { y: '-x' } }),
        vg.toggleY({ as: outcome }),
        vg.highlight({ by: outcome }),
        vg.xScale('sqrt'),
        vg.xLabel('operations (square-root scale)'),
        vg.xTickFormat(countTick),
        vg.yLabel(null),
        ...outcomeColours,
        vg.marginLeft(110),
        ...size(MOST_WIDTH, 170),
      ),
      'What became of them',
    ),
    chart(
      vg.plot(
        vg.barX(from(), {
          x: vg.count(),
          y: 'scenario',
          fill: 'var(--strong)',
          sort: { y: '-x', limit: 20 },
        }),
        vg.toggleY({ as: scenario }),
        vg.highlight({ by: scenario }),
        vg.xLabel('operations'),
        vg.xTickFormat(countTick),
        vg.yLabel(null),
        vg.marginLeft(roomFor(scenarios.map(([name]) => String(name)))),
        ...size(MOST_WIDTH, 360),
      ),
      'By scenario, the 20 with most',
    ),
  );
  void count(chosen);
  byId('reset').addEventListener('click', () => location.reload());
}

/** How many operations are left, of all. */
async function count(chosen: vg.Selection): Promise<void> {
  const { Query } = vg;
  const [all] = await rowsOf(Query.from('ops').select({ n: vg.count() }));
  const client = new vg.MosaicClient(chosen);
  client.query = (filter) =>
    Query.from('ops')
      .select({ n: vg.count() })
      .where(filter ?? []);
  client.queryResult = (data) => {
    const [row] = [...(data as Iterable<{ n: number }>)];
    byId('count').textContent = `${inWords(row!.n)} of ${inWords(Number(all![0]))} operations`;
    return client;
  };
  vg.coordinator().connect(client);
}
