import { checkHistory } from './check.js';
import { simulate } from './fixtures/simulate.js';
import type { Operation } from './history.js';

/** Checks one made-up history, and prints the time, the process's peak of memory and the verdict as JSON. */
const [operations, broken, ...kinds] = process.argv.slice(2);

const history = simulate({
  seed: 1,
  operations: Number(operations),
  clients: 16,
  keys: 20,
  kinds: kinds as Operation['kind'][],
  fail: 0.02,
  unknown: 0.005,
  dropped: 0.01,
  way: 3_000_000,
});
if (broken === 'true') breakReads(history);
const start = performance.now();
const verdict = await checkHistory(history);
const seconds = (performance.now() - start) / 1000;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
const names = verdict.verdict === 'invalid' ? verdict.anomalies.map(({ name }) => name) : [];
process.stdout.write(JSON.stringify({ seconds, megabytes, verdict: [verdict.verdict, ...names].join(', ') }));

/** Two reads, one soon after the beginning and one shortly before the end, see nothing of their lists. */
function breakReads(all: Operation[]): void {
  const seen = (operation: Operation) =>
    operation.kind === 'read-list' && (operation.result?.length ?? 0) > 5;
  for (const at of [all.findIndex(seen), all.findLastIndex(seen)]) {
    all[at] = { ...all[at], result: [] } as unknown as Operation;
  }
}
