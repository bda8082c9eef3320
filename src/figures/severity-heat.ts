import { type Sweep, sweeps } from '../results/derived/sweep.js';
import { severityRank } from '../vocabulary/faults.js';
import { mixWords } from './danger-zone.js';
import { PERCENT } from './parts/axis.js';
import { apartWords } from './parts/danger-words.js';
import { figure, MissingData, type Plot, type Spec } from './parts/figure.js';
import { faultWords, number, round, severityWords } from './parts/words.js';

export default figure<Sweep[]>({
  name: 'severity-heat',
  order: 245,
  title: 'Service lost by how hard a fault is, and for how long it lasts',
  question: 'Does how hard a fault is matter more than for how long it lasts?',
  query: async (data) => {
    const all = await sweeps(data);
    if (new Set(all.map(({ for_s }) => for_s)).size < 2)
      throw new MissingData('no faults of several lengths at several severities');
    return all;
  },
  spec,
  short: () =>
    'Mean share of the service that was lost while a fault lasted, in %, by how hard it was (harder to the right) and for how long it lasted. Empty cells were not tested.',
  caption: (all) => {
    const worst = all
      .flatMap((sweep) => sweep.points.map((point) => ({ ...sweep, ...point })))
      .reduce((a, b) => (b.lost.value > a.lost.value ? b : a));
    return (
      `Mean share of the service that was lost while the fault lasted, in per cent, by its severity (from mild to hard) and length; empty cells were not tested. ` +
      `The most, ${number(100 * worst.lost.value)} %, was lost here: ${titlesOf(all)(worst)}, ${severityWords(worst)} for ${number(worst.for_s)} s.`
    );
  },
});

/** A map for each fault, role and mix. */
function spec(all: Sweep[]): Spec {
  const titleOf = titlesOf(all);
  const titles = [...new Set(all.map(titleOf))];
  return {
    spacing: 12,
    vconcat: titles.map((title, i) =>
      map(
        title,
        all.filter((one) => titleOf(one) === title),
        i === titles.length - 1,
      ),
    ),
    resolve: { scale: { color: 'shared' } },
  };
}

function titlesOf(all: readonly Sweep[]): (one: Sweep) => string {
  const apart = apartWords(all);
  return (one) => `${faultWords(one.fault)}, ${one.target_role}, ${mixWords(one)}${apart(one)}`;
}

function map(title: string, mine: readonly Sweep[], last: boolean): Plot {
  const values = mine.flatMap((one) =>
    one.points.map(({ severity, lost }) => ({
      severity: severityWords({ ...one, severity }),
      rank: severityRank(one.fault, severity),
      length: `${number(one.for_s)} s`,
      for_s: one.for_s,
      lost: round(lost.value),
      percent: String(Math.round(100 * lost.value)),
    })),
  );
  const inOrder = (
    of: (row: (typeof values)[number]) => string,
    by: (row: (typeof values)[number]) => number,
  ) => [...new Set(values.toSorted((a, b) => by(a) - by(b)).map(of))];
  const x = {
    field: 'severity',
    type: 'nominal',
    title: last ? 'Severity, harder to the right' : null,
    sort: inOrder(
      (row) => row.severity,
      (row) => row.rank,
    ),
    axis: { labelAngle: 0, ticks: false, domain: false, grid: false },
  } as const;
  const y = {
    field: 'length',
    type: 'nominal',
    title: 'The fault lasted',
    sort: inOrder(
      (row) => row.length,
      (row) => row.for_s,
    ),
    axis: { ticks: false, domain: false, grid: false },
  } as const;
  return {
    height: { step: 16 },
    title: { text: title, anchor: 'start', fontSize: 9, fontWeight: 'normal', offset: 3 },
    data: { values },
    layer: [
      {
        mark: { type: 'rect' },
        encoding: {
          x,
          y,
          color: {
            field: 'lost',
            type: 'quantitative',
            scale: { domain: [0, 1], range: ['$heatlow', '$heathigh'] },
            legend: {
              title: 'Service lost (cells in %)',
              labelExpr: PERCENT,
              gradientLength: 140,
              gradientThickness: 8,
              titleOrient: 'left',
              orient: 'bottom',
              tickCount: 3,
            },
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 8 },
        encoding: {
          x,
          y,
          text: { field: 'percent', type: 'nominal' },
          color: { condition: { test: 'datum.lost > 0.5', value: '$paper' }, value: '$ink' },
        },
      },
    ],
  };
}
