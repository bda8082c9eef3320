import { counted } from '../common/counted.js';
import { MissingData } from '../results/core/query.js';
import { runWrites } from '../results/derived/writes.js';
import type { Finding } from './finding.js';
import { percent } from './list.js';

/** Why most writes fail, said wherever the number stands. */
export const LOCKED_WORDS =
  'Refused as locked means: another write was in progress, and the benchmark does not try again. dqlite takes one write transaction at a time, so several writers at once refuse each other; a program that queues its writes, or tries again, does not see this share.';

/** What became of writes, and whether any that was acknowledged is missing. */
export const writes: Finding = {
  name: 'writes',
  title: 'Whether writes were lost, and why many are refused',
  figure: 'errors',
  say: async (data) => {
    const runs = (await runWrites(data)).filter(({ tried }) => tried > 0);
    const checked = runs.filter(({ rows_found }) => rows_found !== null);
    if (checked.length === 0) throw new MissingData('no run whose rows were counted afterwards');
    const lost = checked.filter((run) => run.lost > 0);
    const sum = (of: (run: (typeof runs)[number]) => number) =>
      runs.reduce((total, run) => total + of(run), 0);
    const found =
      lost.length === 0
        ? `In none of ${counted(checked.length, 'run')} were rows missing afterwards`
        : `In ${lost.length} of ${counted(checked.length, 'run')} rows were missing afterwards (${lost.map(({ run_id }) => run_id).join(', ')})`;
    return {
      headline: `${found}, and ${percent(sum((run) => run.locked) / sum((run) => run.tried))} of all writes were refused as locked.`,
      more: [
        'Only rows are counted, so one that nobody expected can hide one that was lost: this shows no loss, and excludes none.',
        LOCKED_WORDS,
      ],
    };
  },
};
