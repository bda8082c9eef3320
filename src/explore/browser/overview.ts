import * as vg from '@uwdata/vgplot';
import { rowsOf } from './asking.js';
import { byId, chart } from './dom.js';

const WIDTH = Math.min(560, document.documentElement.clientWidth - 40);
const MENUS = {
  scenario: 'Scenario',
  fault: 'Fault',
  target_role: 'On the',
  workload: 'Workload',
  debian_release: 'Release',
  op: 'Kind',
};

/** All runs: charts that filter each other, and menus that filter them all. */
export function overview(): void {
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
  byId('overview').append(
    chart(
      vg.plot(
        vg.rectY(from(), {
          x: vg.bin('log10_ms', { steps: 60 }),
          y: vg.count(),
          inset: 0.5,
          fill: 'var(--strong)',
        }),
        vg.intervalX({ as: chosen }),
        vg.xLabel('latency, ms'),
        vg.xTickFormat(powerOfTen),
        vg.yLabel('operations'),
        vg.yTickFormat('~s'),
        ...size(220),
      ),
      'Latency of what was answered, on a logarithmic scale: since it was due (client), or sent (2022’s benchmark)',
    ),
    chart(
      vg.plot(
        vg.rectY(from(), {
          x: vg.bin('t_s', { steps: 60 }),
          y: vg.count(),
          inset: 0.5,
          fill: 'var(--strong)',
        }),
        vg.intervalX({ as: chosen }),
        vg.xLabel('time in the run, s'),
        vg.yLabel('operations'),
        vg.yTickFormat('~s'),
        ...size(220),
      ),
      'When operations began, since the start of their run’s workload',
    ),
    chart(
      vg.plot(
        vg.barX(from(), { x: vg.count(), y: 'outcome', fill: 'outcome', sort: { y: '-x' } }),
        vg.toggleY({ as: outcome }),
        vg.highlight({ by: outcome }),
        vg.xScale('sqrt'),
        vg.xLabel('operations (square-root scale)'),
        vg.xTickFormat('~s'),
        vg.yLabel(null),
        ...outcomeColours,
        vg.marginLeft(110),
        ...size(170),
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
        vg.xTickFormat('~s'),
        vg.yLabel(null),
        vg.marginLeft(190),
        ...size(360),
      ),
      'By scenario, the 20 with most',
    ),
  );
  void count(chosen);
  byId('reset').addEventListener('click', () => location.reload());
}

/** One colour for each outcome, wherever it is drawn. */
export const outcomeColours = [
  vg.colorDomain(['ok', 'fail', 'unknown', 'indeterminate', 'censored', 'dropped']),
  vg.colorRange(['#0b7fc7', '#c8530f', '#c9a227', '#c9a227', '#8a929b', '#8b62c9']),
];

const size = (height: number) => [
  vg.width(WIDTH),
  vg.height(height),
  vg.style({ background: 'none', color: 'inherit' }),
];

function powerOfTen(exponent: number): string {
  const value = 10 ** exponent;
  return value >= 1
    ? value.toLocaleString('en-US', { maximumSignificantDigits: 2 })
    : String(Number(value.toPrecision(2)));
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
    byId('count').textContent = `${words(row!.n)} of ${words(Number(all![0]))} operations`;
    return client;
  };
  vg.coordinator().connect(client);
}

const words = (n: number): string => n.toLocaleString('en-US');
