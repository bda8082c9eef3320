import { askedWords } from '../figures/parts/client-words.js';
import { faultWords, number, severityWords } from '../figures/parts/words.js';
import type { Estimate } from '../results/core/interval.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { type ClientVerdict, clientVerdicts } from '../results/derived/client-verdicts.js';
import { markdown, pointsWithInterval, withInterval } from './markdown.js';

/** What each fault did to the reads and writes of an open loop while it lasted, the worst of a role first. */
export async function clientImpactTable(data: Queryable): Promise<string> {
  const kinds = ['write', 'read'] as const;
  const all = (await Promise.all(kinds.map((kind) => clientVerdicts(data, kind)))).flat();
  if (all.length === 0) throw new MissingData('no usable runs with the client, an open loop and a fault');
  const rows = all.toSorted(
    (a, b) =>
      b.impact.target_role.localeCompare(a.impact.target_role, 'en') ||
      b.impact.kind.localeCompare(a.impact.kind, 'en') ||
      longest(b) - longest(a),
  );
  const asked = askedWords(rows.map(({ impact }) => impact));
  return markdown(
    [
      'fault',
      'on the',
      'of',
      'seconds',
      'trials',
      'median',
      '99th percentile',
      'within 1 s',
      'beside',
      'verdict',
    ],
    rows.map(({ impact, verdict }) => [
      [faultWords(impact.fault), severityWords(impact), asked(impact)].filter(Boolean).join(', '),
      impact.target_role,
      `${impact.kind}s`,
      number(impact.to_s - impact.from_s),
      String(impact.trials.length),
      times(impact.times.p50_due_ms.ratio),
      times(impact.times.p99_due_ms.ratio),
      pointsWithInterval(impact.shares!.within_1s.difference),
      impact.against === 'control' ? 'itself, idle' : 'no fault',
      verdict,
    ]),
  );
}

function longest({ impact }: ClientVerdict): number {
  return impact.times.p99_due_ms.ratio?.value ?? Infinity;
}

function times(ratio: Estimate | null): string {
  return ratio ? withInterval(ratio) : 'that many did not succeed';
}
