import { groupBy } from '../common/group.js';
import {
  apartWords,
  crossingWords,
  hardest,
  placeWords,
  roleWords,
  struckWords,
} from '../figures/parts/danger-words.js';
import { faultWords, number, severityWords, uncapital } from '../figures/parts/words.js';
import {
  type Contrast,
  costlierAfter,
  followerWorse,
  harderButBetter,
  type Sweep,
  sweeps,
} from '../results/derived/sweep.js';
import type { Finding } from './finding.js';
import { list, percent } from './list.js';

/** How hard a fault must be to take a tenth of the service, and half of it. */
export const dangerZone: Finding = {
  name: 'danger-zone',
  title: 'How hard a fault must be to hurt',
  figure: 'danger-zone',
  say: async (data) => {
    const all = await sweeps(data);
    const main = mainCurves(all);
    const kinds = [...new Set(main.map(({ fault }) => fault))];
    const apart = apartWords(main);
    const byKind = (words: (sweep: Sweep) => string) =>
      kinds.map((kind) => {
        const mine = main.filter(({ fault }) => fault === kind);
        return `${uncapital(faultWords(kind))}, ${list(mine.map((one) => `${words(one)} on ${roleWords(one)}${apart(one)}`))}`;
      });
    const worse = followerWorse(all);
    const better = harderButBetter(all);
    return {
      headline: `Half of the service is lost ${halfWords(main).join('; ')}.${laterWords(main)}`,
      more: [
        `A tenth of it, and half, with 95 % intervals: ${byKind((one) => `${crossingWords(one, one.danger.tenth)} and ${crossingWords(one, one.danger.half)}`).join('; ')}.`,
        `Lost is what did not succeed within 1 s of what was due while the fault lasted (${list([...new Set(main.map(({ for_s }) => `${number(for_s)} s`))])}), compared with the seconds before it in the same run.`,
        `A follower cost more than the leader did at the same severity, with intervals apart, in ${worse.found.length} of ${worse.pairs} pairs${example(worse.found)}; a harder severity cost less than the milder one beside it in ${better.found.length} of ${better.pairs}${example(better.found)}.`,
        ...afterwards(main),
      ],
    };
  },
};

/** Of each fault, role and setting the curve of the longest faults, with the most even mix. */
function mainCurves(all: readonly Sweep[]): Sweep[] {
  const apart = apartWords(all);
  const evenness = ({ reads }: Sweep) => -Math.abs(reads - 0.5);
  return all.filter(
    (one) =>
      !all.some(
        (other) =>
          other.fault === one.fault &&
          other.target_role === one.target_role &&
          apart(other) === apart(one) &&
          (other.for_s > one.for_s || (other.for_s === one.for_s && evenness(other) > evenness(one) + 0.05)),
      ),
  );
}

/** Of each role, at which severities half of the service is lost, and which were tried without that. */
function halfWords(all: readonly Sweep[]): string[] {
  const apart = apartWords(all);
  const named = (one: Sweep) => `(${uncapital(faultWords(one.fault))}${apart(one)})`;
  return [...groupBy(all, roleWords)].map(([role, same]) => {
    const lost = same.filter(({ danger }) => danger.half.value !== 'beyond');
    const kept = same.filter((one) => !lost.includes(one));
    const words = [
      list(lost.map((one) => `${placeWords(one, one.danger.half.value)} ${named(one)}`)),
      list(
        kept.map((one, i) => `${i === 0 ? 'not even ' : ''}at ${hardest(one)} ${named(one)}`),
        'or',
      ),
    ];
    return `on ${role} ${words.filter(Boolean).join(', but ')}`;
  });
}

function laterWords(all: readonly Sweep[]): string {
  const later = all.filter((sweep) => costlierAfter(sweep).length > 0);
  const names = later.map(struckWords);
  return later.length === 0
    ? ''
    : ` More is lost in the seconds after the lift than while it lasts: ${list(names)}.`;
}

function afterwards(all: readonly Sweep[]): string[] {
  const words = all.flatMap((sweep) =>
    costlierAfter(sweep).map(
      ({ severity, lost, after }) =>
        `${struckWords(sweep)}, ${severityWords({ ...sweep, severity })}: ${percent(after.value)}, and ${percent(lost.value)} before it`,
    ),
  );
  return words.length === 0
    ? []
    : [`Of what was due after the lift more was lost than while the fault lasted: ${words.join('; ')}.`];
}

function example([first]: readonly Contrast[]): string {
  if (!first) return '';
  const { expected, other } = first;
  return ` (${uncapital(faultWords(first.fault))}, ${other.words}: ${percent(other.lost.value)} lost; ${expected.words}: ${percent(expected.lost.value)})`;
}
