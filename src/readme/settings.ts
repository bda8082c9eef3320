import { counted } from '../common/counted.js';
import type { Dataset } from '../dataset/open.js';
import { spanWords, waitWords } from '../figures/parts/wait-words.js';
import { list, percent } from '../findings/list.js';
import { lossEvent } from '../findings/loss-events.js';
import { firstWrite, SETTINGS_COMMAND, settingPairs, timeouts } from '../findings/settings.js';
import { clientWaits } from '../findings/waits.js';
import { waitsOf } from '../results/core/waits.js';
import { lengthOf } from '../results/derived/client-runs.js';
import { runWrites } from '../results/derived/writes.js';
import { allRuns } from '../results/runs/all.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import { markdown } from './markdown.js';
import type { Shipped } from './shipped.js';

/** What an operator can set: as far as the data tells, and how to measure the rest. */
export async function settingsWords(shipped: Shipped): Promise<string> {
  const asked = (ask: (data: Dataset) => Promise<string>, datasets: readonly Dataset[]) =>
    Promise.all(datasets.map(ask)).then((told) => told.find(Boolean));
  return [
    `**What to set.** ${await timeoutsTable(shipped)}`,
    await asked(orderly, shipped.losses),
    await asked(writers, shipped.times),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** How long until a write succeeded again: a row for each fault of the leader, a column for each set of time-outs. */
async function timeoutsTable(shipped: Shipped): Promise<string> {
  const all = await Promise.all(shipped.times.map(settingPairs));
  const pairs = all.find((found) => found.length > 0);
  if (!pairs)
    return `Which time-outs to give your client is not in the shipped data yet. This measures the same faults with default and with short ones: \`${SETTINGS_COMMAND}\`.`;
  const columns = [...new Set(pairs.flat().map(timeouts))];
  const rows = pairs.map((same) => [
    lossEvent({ ...same[0]!, lifted: lengthOf(same[0]!) !== null }),
    ...columns.map(
      (column) => list(same.filter((one) => timeouts(one) === column).map(firstWrite)) || 'not measured',
    ),
  ]);
  const versions = list([...new Set(pairs.flat().map(({ debian_release }) => debian_release ?? 'unknown'))]);
  return `Until a write succeeded again (${versions}):\n\n${markdown(['the leader', ...columns], rows)}`;
}

/** What it spares clients that a leader hands its role over before it ends. */
async function orderly(data: Dataset): Promise<string> {
  const all = await clientWaits(data);
  const [inOrder, told] = ['shutdown', 'stop'].map((fault) => {
    const versions = all.filter((one) => one.fault === fault).flatMap((one) => one.versions);
    return versions.length > 0 ? waitsOf(versions.flatMap(({ wait }) => wait.waits)) : undefined;
  });
  return inOrder && told
    ? `Let a leader hand its role over before it ends: then a write succeeded again after ${waitWords(inOrder)}, and after ${spanWords(told)} where it was just stopped (SIGTERM).`
    : '';
}

/** Several writers at once refuse each other, as the runs without a fault show. */
async function writers(data: Dataset): Promise<string> {
  const several = new Set(
    (await allRuns(data)).flatMap(({ run_id, fault, workers }) =>
      fault === NO_FAULT && workers > 1 ? [run_id] : [],
    ),
  );
  const runs = (await runWrites(data)).filter(({ run_id, tried }) => tried > 0 && several.has(run_id));
  if (runs.length === 0) return '';
  const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + of(run), 0);
  const locked = percent(sum((run) => run.locked) / sum((run) => run.tried));
  return `Let one connection write at a time: dqlite takes one write transaction at a time, and with several writers ${locked} of the writes were refused as “database is locked” in ${counted(runs.length, 'run')} without any fault.`;
}
