import { clausePoint } from '@uwdata/mosaic-core';
import * as vg from '@uwdata/vgplot';
import { rowsOf } from './asking.js';
import { byId, chart, fillTable, options } from './dom.js';
import { inWords, isDark, outcomeColours, powerOfTen, size } from './looks.js';

const MOST_WIDTH = 1150;
/** Px that the labels of a y axis need: 10,000. */
const LABELS = 50;
/** Bars of a run at most. */
const BARS = 150;
/** How many seconds, or powers of ten of them, a bar may stand for. */
const STEPS = [1, 2, 5];

/** One run over time: what began each moment and what became of it, each operation's latency, and what happened meanwhile. */
export async function timeline(): Promise<void> {
  const menu = byId<HTMLSelectElement>('run');
  const { Query, eq, float64, literal } = vg;
  const runs = await rowsOf(Query.from('ops').select('run_id').groupby('run_id').orderby('run_id'));
  const faulty = await rowsOf(
    Query.from('marks')
      .select('run_id')
      .where(eq('event', literal('fault_injected')))
      .orderby('run_id')
      .limit(1),
  );
  options(
    menu,
    runs.map(([name]) => String(name)),
    faulty[0] ? String(faulty[0][0]) : undefined,
  );
  const run = vg.Selection.single();
  const span = vg.Selection.intersect({ include: run });
  // of the chosen run: that of all runs would be as long as the longest
  const times = vg.Param.value([0, 1]);
  const step = vg.Param.value(1);
  const choose = async () => {
    const isChosen = eq('run_id', literal(menu.value));
    const marks = await rowsOf(
      Query.from('marks')
        .select({ s: float64('t_s') }, 'event', 'node', 'detail')
        .where(isChosen)
        .orderby('t_s'),
    );
    const [ends] = await rowsOf(
      Query.from('ops')
        .select({ from: vg.min('t_s'), to: vg.max('t_s') })
        .where(isChosen),
    );
    const all = [...marks.map(([s]) => Number(s)), ...ends!.map(Number)];
    const [first, last] = [Math.min(...all), Math.max(...all)];
    times.update([first, last]);
    step.update(stepOf(last - first));
    run.update(clausePoint('run_id', menu.value, { source: menu }));
    fillTable(byId('marks'), null, marks);
  };
  menu.addEventListener('change', () => void choose());
  await choose();
  byId('timeline').append(
    chart(
      vg.plot(
        vg.rectY(vg.from('ops', { filterBy: run }), {
          x1: vg.sql`floor(t_s / ${step}) * ${step}`,
          x2: vg.sql`(floor(t_s / ${step}) + 1) * ${step}`,
          y: vg.count(),
          fill: 'outcome',
          // else each bar would have an order of its own
          z: 'outcome',
          order: 'z',
          inset: 0.2,
        }),
        vg.ruleX(vg.from('marks', { filterBy: run }), {
          x: 't_s',
          stroke: 'currentColor',
          strokeDasharray: '4 3',
          title: 'event',
          tip: true,
        }),
        vg.intervalX({ as: span }),
        ...outcomeColours,
        vg.xDomain(times),
        vg.marginLeft(LABELS),
        vg.xLabel('time, s'),
        vg.yLabel('operations'),
        ...size(MOST_WIDTH, 220),
      ),
      'Operations by when they began, coloured by what became of them as above; dashed lines are events (below). Drag over a span to count it.',
    ),
    chart(
      vg.plot(
        vg.raster(vg.from('ops', { filterBy: run }), {
          x: 't_s',
          y: 'log10_ms',
          fill: 'density',
          pixelSize: 2,
        }),
        vg.ruleX(vg.from('marks', { filterBy: run }), {
          x: 't_s',
          stroke: 'currentColor',
          strokeDasharray: '4 3',
        }),
        vg.colorScale('symlog'),
        vg.colorScheme('blues'),
        vg.colorReverse(isDark()),
        vg.xDomain(times),
        vg.marginLeft(LABELS),
        vg.xLabel('time, s'),
        vg.yLabel('latency, ms'),
        vg.yTickFormat(powerOfTen),
        ...size(MOST_WIDTH, 260),
      ),
      `Latency of each operation that was answered, by when it began: ${isDark() ? 'lighter' : 'darker'} where there are more`,
    ),
  );
  tell(span);
}

/** The least round number of seconds with which so many of them have few enough bars. */
function stepOf(seconds: number): number {
  const power = 10 ** Math.floor(Math.log10(seconds / BARS));
  return (STEPS.find((step) => step * power >= seconds / BARS) ?? 10) * power;
}

/** What is in the span that was dragged over, or in the whole run. */
function tell(span: vg.Selection): void {
  const client = new vg.MosaicClient(span);
  client.query = (filter) =>
    vg.Query.from('ops')
      .select({
        n: vg.count(),
        ok: vg.sql`count(*) FILTER (outcome = 'ok')`,
        p50: vg.quantile('latency_ms', 0.5),
        p99: vg.quantile('latency_ms', 0.99),
        most: vg.max('latency_ms'),
      })
      .where(filter ?? []);
  client.queryResult = (data) => {
    const [row] = [...(data as Iterable<Record<'n' | 'ok' | 'p50' | 'p99' | 'most', number | null>>)];
    const ms = (value: number | null) => (value === null ? '–' : `${inWords(value, 3)} ms`);
    const { n, ok, p50, p99, most } = row!;
    byId('span').textContent =
      `${inWords(n!)} operations, ${inWords(ok!)} of them ok; latency: median ${ms(p50)}, 99th percentile ${ms(p99)}, most ${ms(most)}`;
    return client;
  };
  vg.coordinator().connect(client);
}
