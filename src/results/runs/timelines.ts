import { MissingData, type Queryable } from '../core/query.js';
import { type Mark, type OneRun, runByName } from './run.js';
import { type Bucket, timeline } from './timeline.js';

/** A run over time, column by column, in buckets of equal width by when operations ended. */
export interface RunTimeline extends Pick<OneRun, 'run_id' | 'duration_s' | 'window'> {
  /** Width of a bucket. */
  width_s: number;
  ok_per_s: number[];
  errors_per_s: number[];
  /** Of the operations that succeeded in a bucket; null where none did. */
  p50_ms: (number | null)[];
  p99_ms: (number | null)[];
  slowest_ms: (number | null)[];
  /** What happened during the workload. */
  marks: Mark[];
}

const WIDTHS = [0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10];

/** Every run that has operations, over time, in the order of run_id. Seconds are from the start of the workload. */
export async function runTimelines(data: Queryable, mostBuckets: number): Promise<RunTimeline[]> {
  const names = await data.query<{ run_id: string }>('SELECT run_id FROM runs ORDER BY run_id');
  const found: RunTimeline[] = [];
  for (const { run_id } of names) {
    try {
      found.push(await one(data, await runByName(data, run_id), mostBuckets));
    } catch (error) {
      if (!(error instanceof MissingData)) throw error;
    }
  }
  return found;
}

async function one(data: Queryable, run: OneRun, mostBuckets: number): Promise<RunTimeline> {
  const { run_id, duration_s, window, marks } = run;
  const width_s = WIDTHS.find((width) => run.duration_s / width <= mostBuckets) ?? duration_s / mostBuckets;
  const buckets = await timeline(data, run, width_s);
  const column = <K extends keyof Bucket>(name: K) => buckets.map((bucket) => bucket[name]);
  return {
    run_id,
    duration_s,
    window,
    width_s,
    ok_per_s: column('ok_per_s'),
    errors_per_s: column('errors_per_s'),
    p50_ms: column('p50_ms'),
    p99_ms: column('p99_ms'),
    slowest_ms: column('max_ms'),
    marks: marks.filter((mark) => mark.time_s >= 0 && mark.time_s <= duration_s),
  };
}
