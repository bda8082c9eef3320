import type { Mark, OneRun } from '../../results/runs/run.js';
import type { Layer } from './figure.js';
import { faultWords, round, severityWords } from './words.js';

/** The x axis of a plot over a run; only the lowest plot of several has a title. */
export function secondsAxis(run: OneRun, lowest: boolean) {
  return {
    type: 'quantitative' as const,
    title: lowest ? 'Time since the workload started (s)' : null,
    axis: { labels: lowest, grid: false, tickCount: 6 },
    scale: { domain: [0, run.duration_s], nice: false, clamp: true },
  };
}

/** The fault's window as a shade, and changes of leader as dashed rules, to lie behind a plot over a run. */
export function happenings(run: OneRun, lowest: boolean): Layer[] {
  const x = { ...secondsAxis(run, lowest), field: 'from' };
  const changes = leaderChanges(run).map((mark) => ({ from: round(mark.time_s) }));
  return [
    ...(run.window
      ? [
          {
            data: { values: [{ from: round(run.window.from_s), to: round(run.window.to_s) }] },
            mark: { type: 'rect' as const, color: '$window' },
            encoding: { x, x2: { field: 'to' } },
          },
        ]
      : []),
    ...(changes.length > 0
      ? [
          {
            data: { values: changes },
            mark: { type: 'rule' as const, color: '$muted', strokeDash: [4, 2], strokeWidth: 1 },
            encoding: { x },
          },
        ]
      : []),
  ];
}

/** The leader's changes during the workload. */
export function leaderChanges(run: OneRun): Mark[] {
  return run.marks.filter(
    (one) => one.event === 'leader_changed' && one.time_s > 0 && one.time_s <= run.duration_s,
  );
}

/** `Crash of the leader (raft1) from 10.0 s to the end`. */
export function happeningWords(run: OneRun): string {
  if (!run.window) return 'No fault';
  const severity = severityWords(run);
  const node = run.target_node ? ` (${run.target_node})` : '';
  const until = run.window.to_s >= run.duration_s ? 'the end' : `${run.window.to_s.toFixed(1)} s`;
  const what = `${faultWords(run.fault)}${severity && `, ${severity},`} of the ${run.target_role}${node}`;
  return `${what} from ${run.window.from_s.toFixed(1)} s to ${until}`;
}

/** {@link happeningWords} with the run's name, trial and workers. */
export function runWords(run: OneRun): string {
  const workers = `${run.workers} ${run.workers === 1 ? 'worker' : 'workers'}`;
  return `${happeningWords(run)} (run ${run.run_id}, trial ${run.trial}, ${workers})`;
}
