import { checkDataset } from './check-dataset.js';
import { writeAttempts } from './fixtures/attempts-dataset.js';
import { attemptsOfHistory } from './fixtures/attempts-of.js';
import { simulate } from './fixtures/simulate.js';
import type { Operation } from './history.js';

/** A read of a list has all of it, so that lists have to be as long whatever the number of operations. */
const OPERATIONS_A_KEY = 5000;

/**
 * `make FOLDER OPERATIONS BROKEN KIND...` writes a dataset of one made-up run; `check FOLDER` reads and judges it, and
 * prints the time, the process's peak of memory and the verdict as JSON.
 */
const [task, folder, operations, broken, ...kinds] = process.argv.slice(2);
if (task === 'make') await make();
else await check();

async function make(): Promise<void> {
  const history = simulate({
    seed: 1,
    operations: Number(operations),
    clients: 16,
    keys: Number(operations) / OPERATIONS_A_KEY,
    kinds: kinds as Operation['kind'][],
    fail: 0.02,
    unknown: 0.005,
    dropped: 0.01,
    way: 3_000_000,
  });
  if (broken === 'true') breakReads(history);
  await writeAttempts(folder!, { run: attemptsOfHistory(history) });
}

async function check(): Promise<void> {
  const start = performance.now();
  for await (const { verdict, reason } of checkDataset(folder!)) {
    const seconds = (performance.now() - start) / 1000;
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const said = [verdict, ...(reason === null ? [] : [reason.split(/[:;]| of /)[0]])].join(', ');
    process.stdout.write(JSON.stringify({ seconds, megabytes, verdict: said }));
  }
}

/** Two reads, one soon after the beginning and one shortly before the end, see nothing of their lists. */
function breakReads(all: Operation[]): void {
  const seen = (operation: Operation) =>
    operation.kind === 'read-list' && (operation.result?.length ?? 0) > 5;
  for (const at of [all.findIndex(seen), all.findLastIndex(seen)]) {
    all[at] = { ...all[at], result: [] } as unknown as Operation;
  }
}
