import { groupBy } from '../../common/group.js';
import type { Estimate } from '../../results/core/interval.js';
import type { ClientImpact } from '../../results/derived/client-impact.js';
import { type ClientGroup, lengthOf, libraryRelease } from '../../results/derived/client-runs.js';
import { faultDescription, NO_FAULT } from '../../vocabulary/faults.js';
import { releaseRank } from '../../vocabulary/releases.js';
import { faultWords, lossWords, number, severityWords, trialsWords } from './words.js';

/**
 * Names what the scenarios of the client were about, in at most two lines: the fault, then who was hit, how hard, and how it was
 * asked. All that are named side by side are looked at once, since a name tells what is not the same in all of them.
 */
export function clientLabels(all: readonly ClientGroup[]): (one: ClientGroup) => string {
  return labelsBeyond({}, all);
}

const ON = { leader: 'on the leader', follower: 'on a follower' } as const;

/** What rows have in common, to be said once: the fault, who was hit, both, or neither. */
interface Common {
  fault?: string;
  role?: keyof typeof ON;
}

/** The name of each row, and what the title of a plot says of all of them. */
export interface RowLabels<T> {
  labelOf(one: T): string;
  /** `Reads, on the leader`, `Reads: Crash on the leader`, or as it is given. */
  titled(title: string): string;
  /** The releases that a row has below each other, from above; empty where there is one, or where names tell it. */
  releases: readonly string[];
}

/** Names rows of a plot as {@link clientLabels} does, without what all of them have in common: the plot's title says that. */
export function rowLabels(all: readonly ClientGroup[]): RowLabels<ClientGroup> {
  const releases = releasesWithin(all);
  const asked = askedWords(all, { withRelease: releases.length === 0 });
  const common = commonOf(all, asked);
  const named = labelsBeyond(common, all, asked);
  return {
    labelOf: (one) => inLines(named(one)),
    titled: (title) => `${title}${commonWords(common)}`,
    releases,
  };
}

/** The releases, the oldest first, where rows would be there twice or more on the whole if each stood for one release. */
function releasesWithin(all: readonly ClientGroup[]): string[] {
  const releases = [...new Set(all.flatMap(({ debian_release }) => debian_release ?? []))];
  const isNamed = all.every(({ debian_release }) => debian_release !== null);
  if (releases.length === 1 || !isNamed || hasCrossed(all)) return [];
  const asked = askedWords(all, { withRelease: false });
  const named = labelsBeyond(commonOf(all, asked), all, asked);
  const rows = new Set(all.map(named));
  const places = new Set(all.map((one) => `${named(one)}\n${one.debian_release}`));
  if (rows.size === 1 || places.size < 2 * rows.size) return [];
  return releases.toSorted((a, b) => releaseRank(a) - releaseRank(b));
}

/** A name in as many lines as a column has room for. */
function inLines(name: string): string {
  const lines = name.includes('\n') ? name.split('\n') : halves(name, LONG);
  return lines.flatMap((line) => halves(line, TOO_LONG)).join('\n');
}

/** A line that is longer than so many letters, broken after a comma or colon, or before the “on”, where its longer half is the shortest. */
function halves(line: string, most: number): string[] {
  if (line.length <= most) return [line];
  const places = [...line.matchAll(/(?<=[,:]) | (?=on )/g)].map(({ index }) => index);
  const [best] = places.sort((a, b) => Math.max(a, line.length - a) - Math.max(b, line.length - b));
  return best === undefined ? [line] : [line.slice(0, best), line.slice(best + 1)];
}

/** Letters of a name that has one line beside two plots; no line has more than the second number, if there is a place to break it. */
const [LONG, TOO_LONG] = [18, 22];

function commonOf(all: readonly ClientGroup[], asked: (one: ClientGroup) => string): Common {
  const [role, ...otherRoles] = new Set(all.map(({ target_role }) => target_role));
  const [fault, ...otherFaults] = new Set(all.map(faultOf));
  const isOneRole = otherRoles.length === 0 && (role === 'leader' || role === 'follower');
  // a row without a name would be worse than a name twice
  const isNamed = (one: ClientGroup) => !isOneRole || severityWords(one) !== '' || asked(one) !== '';
  const isOneFault = otherFaults.length === 0 && all.every((one) => one.fault !== NO_FAULT && isNamed(one));
  return { ...(isOneRole && { role }), ...(isOneFault && fault !== undefined && { fault }) };
}

function commonWords({ fault, role }: Common): string {
  if (fault !== undefined) return `: ${[fault, role && ON[role]].filter(Boolean).join(' ')}`;
  return role ? `, ${ON[role]}` : '';
}

function faultOf(one: ClientGroup): string {
  return one.fault === NO_FAULT ? 'No fault' : lossWords({ ...one, lifted: isLifted(one) });
}

function labelsBeyond(
  common: Common,
  all: readonly ClientGroup[],
  asked = askedWords(all),
): (one: ClientGroup) => string {
  const short = (one: ClientGroup) => {
    const first = common.fault === undefined ? faultOf(one) : '';
    const role = one.fault === NO_FAULT || common.role ? '' : one.target_role;
    const details = [role, severityWords(one), asked(one)];
    return [first, details.filter(Boolean).join(', ')].filter(Boolean).join('\n');
  };
  const alike = groupBy(all, short);
  return (one) => {
    const label = short(one);
    const others = alike.get(label) ?? [];
    if (new Set(others.map(lengthOf)).size > 1) return `${label}, ${lastedWords(one)}`;
    return new Set(others.map(({ scenario }) => scenario)).size > 1 ? `${label}, ${one.scenario}` : label;
  };
}

/** `trixie`, where releases differ; `client of sid on trixie`, where some clients have the library of another. */
function releaseWords(all: readonly Setting[]): (one: Setting) => string {
  const crossed = hasCrossed(all);
  const several = new Set(all.map(({ debian_release }) => debian_release)).size > 1;
  return (one) => {
    if (crossed) return `client of ${libraryRelease(one)} on ${one.debian_release}`;
    return several ? (one.debian_release ?? '') : '';
  };
}

function hasCrossed(all: readonly Setting[]): boolean {
  return all.some((one) => libraryRelease(one) !== one.debian_release);
}

/** For how long a fault lasts, where labels differ in nothing else. */
function lastedWords(one: ClientGroup): string {
  const length = lengthOf(one);
  return length === null ? 'to the end' : `for ${length} s`;
}

/** What the words of a setting are made from. */
type Setting = Pick<
  ClientGroup,
  'workload' | 'arrivals' | 'client_settings' | 'node_settings' | 'debian_release'
>;

/** Tells how it was asked, where that is not as usual, or not the same in all of them; often empty. */
export function askedWords(
  all: readonly Setting[],
  { withRelease = true }: { withRelease?: boolean } = {},
): (one: Setting) => string {
  const own = ownSettings(all);
  const releases = withRelease ? releaseWords(all) : () => '';
  return (one) =>
    [
      one.workload === 'lists' ? 'lists' : '',
      one.arrivals === 'closed' ? 'closed loop' : '',
      ...own(one),
      nodeWords(one),
      retriesWords(one),
      releases(one),
    ]
      .filter(Boolean)
      .join(', ');
}

type Windowed = ClientGroup & { kind: string; from_s: number; to_s: number };

/** Names impacts of faults likewise, with how long the window was where the same words stand for several. */
export function impactLabels(all: readonly Windowed[]): (one: Windowed) => string {
  return withLengths(clientLabels(all), all);
}

/** Names rows of impacts as {@link rowLabels} does. */
export function impactRowLabels(all: readonly Windowed[]): RowLabels<Windowed> {
  const named = rowLabels(all);
  return { ...named, labelOf: withLengths(named.labelOf, all) };
}

function withLengths(labelOf: (one: Windowed) => string, all: readonly Windowed[]) {
  const length = ({ from_s, to_s }: Windowed) => to_s - from_s;
  const key = (one: Windowed) => `${one.kind}\n${labelOf(one)}`;
  const alike = groupBy(all, key);
  return (one: Windowed) => {
    const lengths = new Set((alike.get(key(one)) ?? []).map(length));
    return lengths.size > 1 ? `${labelOf(one)}, ${number(length(one))} s` : labelOf(one);
  };
}

/** `−1.2 pp`: a difference of shares in percentage points. */
export function pointsWords(difference: number): string {
  const points = Number((100 * difference).toFixed(Math.abs(difference) < 0.1 ? 1 : 0));
  return points === 0 ? '±0 pp' : `${points < 0 ? '−' : '+'}${Math.abs(points)} pp`;
}

/** What is compared with what makes the fault alone, in a sentence after others; empty where nothing is. */
export function controlWords(
  all: readonly Pick<ClientImpact, 'fault' | 'severity_unit' | 'against'>[],
): string {
  const kinds = new Map(all.flatMap((one) => (one.against === 'control' ? [[one.fault, one]] : [])));
  return [...kinds.values()]
    .map((one) => {
      const alone = severityWords({ ...one, severity: faultDescription(one.fault)?.control ?? null });
      return ` ${faultWords(one.fault)} is compared with itself at ${alone}, where what makes it is at work and does nothing: that row shows what it costs by itself.`;
    })
    .join('');
}

/** `2.4 times as long (95 % interval 2.1 to 2.8)`. */
export function timesWords({ value, low, high }: Estimate): string {
  const interval = low === null || high === null ? '' : ` (95 % interval ${number(low)} to ${number(high)})`;
  return `${number(value)} times as long${interval}`;
}

function isLifted({ scenario }: ClientGroup): boolean {
  return scenario.startsWith('crash-restart');
}

interface Settings {
  policy?: string;
  rate?: number | string;
  attempt_timeout_s?: number;
  operation_timeout_s?: number | 'none';
  dial_timeout_s?: number;
  tcp_retries2?: number;
}

/** What the client does about writes, unless it is told otherwise. */
const USUAL_POLICY = 'one-writer';

/** Tells how the client was set, where that is not the same everywhere. */
function ownSettings(all: readonly Setting[]): (one: Setting) => string[] {
  const of = ({ client_settings }: Setting): Settings => JSON.parse(client_settings);
  const settings = all.map(of);
  const differs = (name: keyof Settings) => new Set(settings.map((one) => one[name])).size > 1;
  const [policies, rates, deadlines] = [differs('policy'), differs('rate'), differs('operation_timeout_s')];
  return (one) => {
    const mine = of(one);
    const rate = typeof mine.rate === 'number' ? `${mine.rate} a second` : mine.rate?.replace('%', ' %');
    return [
      policies && mine.policy && mine.policy !== USUAL_POLICY ? mine.policy : '',
      one.arrivals === 'open' && rates && rate ? rate : '',
      deadlines ? deadlineWords(mine) : '',
      mine.attempt_timeout_s === undefined ? '' : `time-out ${mine.attempt_timeout_s} s`,
    ].filter(Boolean);
  };
}

function deadlineWords({ operation_timeout_s: deadline }: Settings): string {
  return typeof deadline === 'number' ? `deadline ${deadline} s` : 'no deadline';
}

/** `5 nodes, latency 50 ms, threshold 128`: how the nodes were set; empty where they were as go-dqlite has them. */
function nodeWords({ node_settings }: Setting): string {
  const {
    tcp_retries2: _,
    count,
    voters,
    ...others
  } = JSON.parse(node_settings ?? '{}') as Record<string, number>;
  const more = Object.entries(others).map(([name, value]) =>
    name === 'network_latency_ms' ? `latency ${value} ms` : `${name.replace('snapshot_', '')} ${value}`,
  );
  return [
    count === undefined ? '' : `${count} nodes`,
    voters === undefined || voters === count ? '' : `${voters} voters`,
    ...more,
  ]
    .filter(Boolean)
    .join(', ');
}

/** `retries 5, client’s too`: how often the kernel of the nodes, and of the client, sends again what is not answered. */
function retriesWords({ client_settings, node_settings }: Setting): string {
  const { tcp_retries2: client }: Settings = JSON.parse(client_settings);
  const { tcp_retries2: nodes }: Settings = JSON.parse(node_settings ?? '{}');
  if (client === undefined) return nodes === undefined ? '' : `retries ${nodes}`;
  return nodes === client ? `retries ${nodes}, client’s too` : `client’s retries ${client}`;
}

/** The load and the trials that stand behind a figure, for its caption. */
export function loadWords(groups: readonly ClientGroup[]): string {
  const trials = trialsWords(groups.map((one) => one.trials.length));
  const shares = new Set(
    groups.flatMap(({ offered_per_s: rate, capacity_per_s: capacity }) =>
      rate !== null && capacity !== null ? [Math.round((100 * rate) / capacity)] : [],
    ),
  );
  const load =
    shares.size === 1
      ? `Operations were due at ${[...shares][0]} % of what a closed loop had reached before each block`
      : 'Operations were due by a schedule that does not wait';
  return `${load}; ${trials}.`;
}

/** Letters that a title has room for in a column. */
const TITLE_LETTERS = 70;

/** The title of a plot that shows one scenario of several, by its name. */
export function plotTitle(label: string) {
  const line = label.split('\n').join(', ');
  const text = line.length > TITLE_LETTERS ? label.split('\n') : line;
  return { text, anchor: 'start', fontSize: 9, fontWeight: 'normal', offset: 3 } as const;
}

/** The labels of rows, those without a fault first, then from the largest effect to the smallest; `effect` is that of a part of a row. */
export function byEffect<T extends ClientGroup>(
  all: readonly T[],
  labelOf: (one: T) => string,
  effect: (one: T) => number,
): string[] {
  const rows = [...groupBy(all, labelOf)].map(([label, parts]) => ({
    label,
    size: parts.some(({ fault }) => fault === NO_FAULT) ? Infinity : Math.max(...parts.map(effect)),
  }));
  return rows.toSorted((a, b) => (a.size === b.size ? 0 : b.size - a.size)).map(({ label }) => label);
}
