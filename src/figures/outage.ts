import { type OutageGroup, outageGroups } from '../results/outages.js';
import { TWO_LINES } from './parts/axis.js';
import { figure, type Plot, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { lossWords, number, round, trialsWords } from './parts/words.js';

export default figure<OutageGroup[]>({
  name: 'outage',
  order: 120,
  title: 'How long clients wait when the leader is lost',
  claim: 'Losing the leader stops all clients for seconds, whichever way it is lost.',
  query: (data) => outageGroups(data),
  spec,
  caption: (groups) => {
    const values = groups.map(
      (one) =>
        `${oneLine(one)}: median ${atLeast(one) ? '≥ ' : ''}${number(one.outage.value)} s${interval(one)}`,
    );
    const open = groups.flatMap((one) => one.trials).filter((trial) => !trial.recovered).length;
    const censored =
      open > 0
        ? ` In ${open} of the trials (triangles) nothing succeeded again: it lasted at least so long, and so did the median where it is marked “≥”.`
        : '';
    const few = groups.some((one) => one.trials.length < 5) ? '; with fewer than 5 trials there is none' : '';
    return (
      `In each trial, the outage (left: from the fault until the end of the first stretch of at least 0.25 s without a success; 0 where there is none) and the longest gap (right: the longest time without a success). ` +
      `${values.join('; ')}. Ticks are medians, bars their 95 % intervals from order statistics${few}; ${trialsWords(groups.map((one) => one.trials.length))}.${elected(groups)}${clients(groups)}${censored}${campaigns(groups)}`
    );
  },
});

function spec(groups: OutageGroup[]): Spec {
  const several = new Set(groups.map((one) => one.debian_release)).size > 1;
  const rows = groups.flatMap((one) =>
    (['outage', 'longest_gap'] as const).map((measure) => ({
      label: label(one, several),
      measure,
      median: round(one[measure].value),
      low: round(one[measure].low),
      high: round(one[measure].high),
    })),
  );
  const dots = groups.flatMap((one) =>
    one.trials.flatMap((trial) => [
      {
        label: label(one, several),
        measure: 'outage',
        value: round(trial.outage_s),
        end: trial.recovered ? 'recovered' : 'not in this run',
      },
      {
        label: label(one, several),
        measure: 'longest_gap',
        value: round(trial.longest_gap_s),
        end: 'recovered',
      },
    ]),
  );
  const elections = groups.flatMap((one) =>
    one.new_leader
      ? [{ label: label(one, several), measure: 'outage', value: round(one.new_leader.value) }]
      : [],
  );
  const labels = [...new Set(rows.map((one) => one.label))];
  const y = {
    field: 'label',
    type: 'nominal',
    title: null,
  } as const;
  const longest = Math.max(...dots.map((one) => one.value), ...rows.map((one) => one.high ?? 0));
  const plot = (measure: string, title: string, first: boolean): Plot => {
    const mine = rows.filter((one) => one.measure === measure);
    const x = {
      type: 'quantitative',
      title,
      scale: { domainMin: 0, domainMax: longest * 1.04, nice: false },
      axis: { tickCount: 4 },
    } as const;
    return {
      height: { step: 30 },
      encoding: { y: { ...y, scale: { domain: labels }, axis: first ? TWO_LINES : null } },
      layer: shown([
        {
          data: { values: withInterval(mine) },
          mark: { type: 'bar', height: 10, color: '$measured', fillOpacity: 0.7 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          data: { values: mine },
          mark: { type: 'tick', color: '$ink', thickness: 2, height: 16 },
          encoding: { x: { ...x, field: 'median' } },
        },
        {
          data: { values: elections.filter((one) => one.measure === measure) },
          mark: { type: 'point', shape: 'diamond', size: 45, filled: true, color: '$published' },
          encoding: { x: { ...x, field: 'value' } },
        },
        {
          data: { values: dots.filter((one) => one.measure === measure) },
          mark: { type: 'point', size: 22, color: '$ink', strokeOpacity: 0.75, strokeWidth: 1 },
          encoding: {
            x: { ...x, field: 'value' },
            shape: {
              field: 'end',
              type: 'nominal',
              scale: { domain: ['recovered', 'not in this run'], range: ['circle', 'triangle-right'] },
              legend: null,
            },
          },
        },
      ]),
    };
  };
  return {
    usermeta: { across: 2 },
    spacing: 12,
    hconcat: [plot('outage', 'Outage (s)', true), plot('longest_gap', 'Longest gap (s)', false)],
  };
}

/** In two lines where there are several versions: two releases may have the same version of dqlite. */
function label(one: OutageGroup, several: boolean): string {
  const version = one.dqlite_version ? `dqlite ${one.dqlite_version.split('-')[0]}` : '';
  return several
    ? `${lossWords(one)}\n${[one.debian_release, version].filter(Boolean).join(', ')}`
    : lossWords(one);
}

function oneLine(one: OutageGroup): string {
  return [lossWords(one), one.debian_release, one.dqlite_version && `dqlite ${one.dqlite_version}`]
    .filter(Boolean)
    .join(', ');
}

function interval({ outage: { low, high } }: OutageGroup): string {
  return low === null || high === null ? '' : ` (${number(low)} to ${number(high)})`;
}

/** The versions of the clients' library, where the rows differ in it: it has its own time-outs. */
function clients(groups: readonly OutageGroup[]): string {
  const versions = groups.flatMap(({ debian_release: release, go_dqlite_version: version }) =>
    release && version ? [`${version} (${release})`] : [],
  );
  const distinct = [...new Set(versions)];
  return distinct.length > 1 ? ` The clients’ library differs, too: go-dqlite ${distinct.join(', ')}.` : '';
}

/** What the diamonds are, where there are any. */
function elected(groups: readonly OutageGroup[]): string {
  const known = groups.flatMap(({ new_leader }) => new_leader ?? []);
  if (known.length === 0) return '';
  const values = known.map(({ value }) => value);
  return ` A diamond is the median time until a new leader was known, which took ${number(Math.min(...values))} to ${number(Math.max(...values))} s.`;
}

/** Whether the median is one of a trial that ended before service was back, so that it is no smaller. */
function atLeast({ trials, outage }: OutageGroup): boolean {
  return trials.some((trial) => !trial.recovered && trial.outage_s <= outage.value);
}

function campaigns(groups: readonly OutageGroup[]): string {
  const names = [...new Set(groups.map((one) => one.campaign))];
  return names.length === 1 ? '' : ` Rows are of the campaigns ${names.join(' and ')}; none mixes two.`;
}
