import type { Crossing, CrossingEstimate } from '../../results/core/crossing.js';
import type { Sweep } from '../../results/derived/sweep.js';
import { askedWords } from './client-words.js';
import { faultWords, severityWords, uncapital } from './words.js';

/** `at 45 ms (38 ms to 60 ms)`: where a level of loss is reached, with its 95 % interval where that says more. */
export function crossingWords(sweep: Sweep, { value, low, high }: CrossingEstimate): string {
  const at = (one: Crossing) => severityAt(sweep, one);
  return low === null || high === null || at(low) === at(high)
    ? placeWords(sweep, value)
    : `${placeWords(sweep, value)} (${at(low)} to ${at(high)})`;
}

/** `at 45 ms`; `at 1 ms or milder`; `not even at 1000 ms`. */
export function placeWords(sweep: Sweep, place: Crossing): string {
  if (place === 'beyond') return `not even at ${hardest(sweep)}`;
  return `at ${severityAt(sweep, place)}`;
}

/** `packet loss on a follower`. */
export function struckWords(sweep: Sweep): string {
  return `${uncapital(faultWords(sweep.fault))} on ${roleWords(sweep)}`;
}

/** `the leader`, but `a follower`: there are several. */
export function roleWords({ target_role }: Pick<Sweep, 'target_role'>): string {
  return target_role === 'leader' ? 'the leader' : 'a follower';
}

/** Tells how a curve was asked for, where others were asked for otherwise, as in `, sid, campaign mine`; often empty. */
export function apartWords(all: readonly Sweep[]): (one: Sweep) => string {
  const asked = askedWords(all);
  const differ = (of: (one: Sweep) => unknown) => new Set(all.map(of)).size > 1;
  const [loads, campaigns] = [differ(({ workers }) => workers), differ(({ campaign }) => campaign)];
  return (one) =>
    [asked(one), loads ? `${one.workers} workers` : '', campaigns ? `campaign ${one.campaign}` : '']
      .flatMap((words) => (words ? [`, ${words}`] : []))
      .join('');
}

function severityAt(sweep: Sweep, place: Crossing): string {
  if (place === 'beyond') return `beyond ${hardest(sweep)}`;
  if (place === 'mildest') return `${words(sweep, sweep.points[0]!.severity)} or milder`;
  return words(sweep, Number(place.toPrecision(2)));
}

/** The hardest severity that was tried. */
export function hardest(sweep: Sweep): string {
  return words(sweep, sweep.points.at(-1)!.severity);
}

function words(sweep: Sweep, severity: number): string {
  return severityWords({ ...sweep, severity });
}
