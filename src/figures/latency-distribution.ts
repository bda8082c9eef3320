import { mainSetting, type Setting, settingWords } from '../results/core/setting.js';
import {
  baselineOf,
  type Configuration,
  mainConfigurations,
  workersOfMost,
} from '../results/derived/configurations.js';
import { inOneSitting } from '../results/derived/sittings.js';
import { type Percentile, readPercentiles } from '../results/percentiles.js';
import { powersOfTen, WHISKER_SHAPE } from './parts/axis.js';
import { as2022 } from './parts/faults.js';
import { figure, MissingData, type Plot, type Queryable, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { markKey } from './parts/mark-key.js';
import {
  capital,
  faultWords,
  number,
  round,
  severityWords,
  shortWhiskers,
  whiskerWords,
} from './parts/words.js';

interface Line {
  panel: 'leader' | 'follower';
  kind: string;
  name: string;
  percentiles: Percentile[];
}

interface Answer {
  setting: Setting;
  workers: number;
  lines: Line[];
}

const NINES = [0, 1, 2, 3, 4];
/** How far whiskers of one share are set apart, in nines. */
const APART = 0.1;
const INTERVAL = { name: '95 % interval', shape: WHISKER_SHAPE, fill: '$muted' };
const KINDS = ['No fault', 'CPU', 'Memory', 'Crash'];

export default figure<Answer>({
  name: 'latency-distribution',
  ofClient: 'response-times',
  order: 140,
  title: 'Distribution of read latency',
  question: 'How much longer than the median do the slowest reads take, with a fault and without?',
  query: ask,
  spec,
  short: ({ workers, lines }) =>
    `Share of successful reads that took at most so long, with ${workers} workers; the axis stretches the slowest reads. Lines are means over trials. ${shortWhiskers(lines.flatMap((line) => line.percentiles[0]?.latency_ms.trials ?? []))}`,
  caption: ({ setting, workers, lines }) => {
    const values = lines
      .filter((line, i) => line.panel === 'leader' || i === lines.findIndex((one) => one.name === line.name))
      .map((line) => `${line.name} ${number(at(line, 0.5))} and ${number(at(line, 0.99))} ms`);
    return (
      `Share of successful reads that took at most so long, with ${workers} workers; the axis stretches the slowest reads, to 99.99 %. ` +
      `Median and 99th percentile: ${values.join('; ')}. ` +
      `Lines are means over trials of each trial’s percentile. ${whiskerWords(lines.flatMap((line) => line.percentiles[0]?.latency_ms.trials ?? []))} ` +
      `Clients that wait send nothing, so a stall counts once a worker. (${capital(settingWords(setting))}.)`
    );
  },
});

async function ask(data: Queryable): Promise<Answer> {
  const all = await mainConfigurations(data);
  const workers = workersOfMost(all);
  const withFault = all.filter((one) => one.fault !== 'none' && one.workers === workers);
  const roles = (['leader', 'follower'] as const).map((role) => ({ role, chosen: as2022(role)(withFault) }));
  const first = roles.flatMap(({ chosen }) => chosen)[0];
  const base = first && baselineOf(first, all);
  if (!base || workers === undefined)
    throw new MissingData('no fault of 2022 with a baseline to compare it with');
  const shown = roles.filter(({ chosen }) => chosen.length > 0);
  const panels = shown.flatMap(({ role, chosen }) => [base, ...chosen].map((one) => ({ role, one })));
  const percentiles = await readPercentiles(data, inOneSitting([...new Set(panels.map(({ one }) => one))]));
  const order = [...new Set(panels.map(({ one }) => one))];
  const lines = panels.map(({ role, one }) => ({
    panel: role,
    kind: kindOf(one),
    name: [faultWords(one.fault), severityWords(one), one.fault === 'none' ? '' : one.target_role]
      .filter(Boolean)
      .join(', '),
    percentiles: percentiles[order.indexOf(one)]!,
  }));
  if (lines.every((line) => line.percentiles.length === 0)) throw new MissingData('no successful read');
  return {
    setting: await mainSetting(data),
    workers,
    lines: lines.filter((line) => line.percentiles.length > 0),
  };
}

function spec({ lines }: Answer): Spec {
  const rows = lines.flatMap(({ panel, kind, percentiles }) =>
    percentiles.map(({ share, latency_ms }) => ({
      panel,
      kind,
      nines: round(-Math.log10(1 - share)),
      ms: round(latency_ms.value),
      low: round(latency_ms.low),
      high: round(latency_ms.high),
    })),
  );
  const ticks = powersOfTen(rows.map((row) => row.ms));
  const scale = {
    type: 'log',
    domainMin: ticks[0]!,
    domainMax: ticks.at(-1)!,
    nice: false,
    clamp: true,
  } as const;
  const panels = [...new Set(lines.map((line) => line.panel))];
  const kinds = KINDS.filter((kind) => lines.some((line) => line.kind === kind));
  const key = {
    title: null,
    symbolType: 'stroke',
    symbolSize: 150,
    columns: 2,
    labelExpr: legendWords(lines, kinds),
  } as const;
  const intervalKey = withInterval(rows, true).length > 0 ? [markKey([INTERVAL])] : [];
  const each = <V>(values: readonly V[]) => kinds.map((kind) => values[KINDS.indexOf(kind)]!);
  const plot = (panel: string, lowest: boolean): Plot => {
    const x = {
      type: 'quantitative',
      scale,
      title: lowest ? 'Read latency (ms, logarithmic)' : null,
      axis: { values: ticks, format: ',~g' },
    } as const;
    const mine = rows.filter((row) => row.panel === panel);
    return {
      height: 120,
      title: {
        text: panel === 'leader' ? 'Fault on the leader' : 'Fault on a follower',
        fontSize: 9.5,
        offset: 18,
      },
      data: { values: mine },
      encoding: {
        y: {
          field: 'nines',
          type: 'quantitative',
          title: 'Share of reads',
          scale: { domain: [0, 4], nice: false },
          axis: { values: NINES, labelExpr: "['0', '90 %', '99 %', '99.9 %', '99.99 %'][datum.value]" },
        },
        color: {
          field: 'kind',
          type: 'nominal',
          scale: { domain: kinds, range: each(['$ink', '$strong', '$second', '$third']) },
          legend: key,
        },
      },
      layer: shown([
        ...intervalKey,
        {
          mark: { type: 'line', strokeWidth: 1.4, interpolate: 'monotone' },
          encoding: {
            x: { ...x, field: 'ms' },
            order: { field: 'nines', type: 'quantitative' },
            strokeDash: {
              field: 'kind',
              type: 'nominal',
              scale: {
                domain: kinds,
                range: each([[], [5, 2], [2, 2], [7, 2, 2, 2]]),
              },
              legend: key,
            },
          },
        },
        {
          data: {
            // beside each other, where they would lie on each other
            values: withInterval(mine, true)
              .filter((row) => NINES.includes(row.nines) && row.nines > 0)
              .map((row) => ({ ...row, nines: round(row.nines - APART * kinds.indexOf(row.kind)) })),
          },
          mark: { type: 'rule', strokeWidth: 1.2 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
      ]),
    };
  };
  return { spacing: 16, vconcat: panels.map((panel, i) => plot(panel, i === panels.length - 1)) };
}

/** In the legend each kind is what it is, where it is the same in all panels. */
function legendWords(lines: readonly Line[], kinds: readonly string[]): string {
  const words = kinds.map((kind) => {
    const names = [
      ...new Set(
        lines
          .filter((line) => line.kind === kind)
          .map(({ name }) => name.replace(/, (leader|follower)$/, '')),
      ),
    ];
    return [kind, names.length === 1 ? names[0]! : kind];
  });
  return `${JSON.stringify(Object.fromEntries(words))}[datum.value]`;
}

function at(line: Line, share: number): number {
  const nearest = line.percentiles.reduce((a, b) =>
    Math.abs(b.share - share) < Math.abs(a.share - share) ? b : a,
  );
  return nearest.latency_ms.value;
}

function kindOf({ fault }: Configuration): string {
  if (fault === 'none') return 'No fault';
  if (fault.startsWith('cpu')) return 'CPU';
  return fault.startsWith('memory') ? 'Memory' : 'Crash';
}
