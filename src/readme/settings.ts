import { capital } from '../common/capital.js';
import { counted } from '../common/counted.js';
import type { Dataset } from '../dataset/open.js';
import { spanWords, waitWords } from '../figures/parts/wait-words.js';
import { list, percent } from '../findings/list.js';
import { lossEvent } from '../findings/loss-events.js';
import { firstWrite, OWN_TIMEOUTS, SETTINGS_COMMAND, settingPairs, timeouts } from '../findings/settings.js';
import { clientWaits } from '../findings/waits.js';
import { waitsOf } from '../results/core/waits.js';
import { lengthOf } from '../results/derived/client-runs.js';
import type { Recovery } from '../results/derived/recovery.js';
import { runWrites } from '../results/derived/writes.js';
import { allRuns } from '../results/runs/all.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import type { Shipped } from './shipped.js';

/** What an operator can set: as far as the data tells, and how to measure the rest. */
export async function settingsWords(shipped: Shipped): Promise<string> {
  const asked = (ask: (data: Dataset) => Promise<string>, datasets: readonly Dataset[]) =>
    Promise.all(datasets.map(ask)).then((told) => told.find(Boolean));
  const told = [
    (await asked(shorter, shipped.times)) ?? NOT_MEASURED,
    await asked(orderly, shipped.losses),
    await asked(writers, shipped.times),
  ].filter(Boolean);
  return `**What to set:**\n\n${told.map((one) => `- ${one}`).join('\n')}`;
}

const NOT_MEASURED = `Time-outs of the client: not in the shipped data yet. This measures the same faults with default and with short ones: \`${SETTINGS_COMMAND}\`.`;

/** How long until a write succeeded again with time-outs that were set instead of the library's own. */
async function shorter(data: Dataset): Promise<string> {
  const pairs = await settingPairs(data);
  const set = [...new Set(pairs.flat().map(timeouts))].filter((one) => one !== OWN_TIMEOUTS);
  return set
    .flatMap((one) => {
      const words = pairs.flatMap((same) => instead(same, one));
      return words.length > 0
        ? `${capital(one)}, not the library’s own, a write succeeded again ${words.join('; ')}.`
        : [];
    })
    .join(' ');
}

/** `after 6.7 s instead of 10.7 s when the leader froze (trixie)`, where both were measured. */
function instead(same: readonly Recovery[], set: string): string[] {
  const waits = (of: string) => list(same.filter((one) => timeouts(one) === of).map(firstWrite));
  const [mine, own] = [waits(set), waits(OWN_TIMEOUTS)];
  const event = lossEvent({ ...same[0]!, lifted: lengthOf(same[0]!) !== null });
  const release = same[0]!.debian_release ?? 'unknown';
  return mine && own ? [`after ${mine} instead of ${own} when the leader ${event} (${release})`] : [];
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
