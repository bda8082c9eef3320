import type { Queryable } from '../results/core/query.js';
import { verdictCounts } from '../results/derived/verdict-counts.js';
import { markdown } from './markdown.js';

/** The verdicts on the histories of the client, by release, scenario and workload. */
export async function verdictsTable(data: Queryable): Promise<string> {
  const counts = await verdictCounts(data);
  return markdown(
    [
      'release',
      'scenario',
      'workload',
      'expected',
      'runs',
      'valid',
      'invalid',
      'unknown',
      'untested',
      'failed',
      'why',
    ],
    counts.map((one) => [
      ...[one.release, one.scenario, one.workload, one.expected],
      ...[one.runs, one.valid, one.invalid, one.unknown, one.untested, one.failed].map(String),
      one.why.join('; ') || '–',
    ]),
  );
}
