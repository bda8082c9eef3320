import type { PlannedRun } from './plan.js';
import { measurementWords } from './run/evidence.js';
import type { Findings } from './run/findings.js';

/** What a campaign tells while it runs. */
export interface Progress {
  begin(runs: readonly PlannedRun[]): void;
  start(run: PlannedRun, attempt: number): void;
  done(run: PlannedRun, found: Findings): void;
  skip(run: PlannedRun): void;
  note(text: string): void;
  end(): void;
}

/** What a run takes beyond its workload, in seconds, until there is one to learn from. */
const FIRST_GUESS_S = 5;

/** Progress on a stream: one line that is kept up to date on a terminal, else a plain line a run. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  let total = 0;
  let finished = 0;
  let leftS = 0;
  let beyondS = FIRST_GUESS_S;
  let startedAt = 0;
  let ticker: NodeJS.Timeout | undefined;

  const line = (text: string) => stream.write(stream.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`);
  const left = () => {
    const running = startedAt ? (Date.now() - startedAt) / 1000 : 0;
    return duration(Math.max(0, leftS + (total - finished) * beyondS - running));
  };
  const place = () => `[${finished + 1}/${total}]`;
  const stop = () => clearInterval(ticker);

  return {
    begin(runs) {
      total = runs.length;
      leftS = runs.reduce((sum, { durationS }) => sum + durationS, 0);
    },
    start(run, attempt) {
      startedAt = Date.now();
      const what = `${place()} ${run.run_id}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
      if (!stream.isTTY) return void line(`${what}, ${left()} left`);
      const show = () => {
        const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
        const text = `${what}  ${seconds} s, ${left()} left`;
        stream.write(`\r\x1b[K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
      };
      show();
      ticker = setInterval(show, 500);
    },
    done(run, found) {
      stop();
      beyondS = Math.max(1, (Date.now() - startedAt) / 1000 - run.durationS);
      line(`${place()} ${run.run_id}: ${verdict(run, found)}`);
      finished += 1;
      leftS -= run.durationS;
      startedAt = 0;
    },
    skip(run) {
      finished += 1;
      leftS -= run.durationS;
    },
    note(text) {
      line(text);
    },
    end: stop,
  };
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

function verdict(
  { faults }: PlannedRun,
  { status, status_reason, fault_confirmed, evidence }: Findings,
): string {
  if (status === 'failed') return `FAILED: ${status_reason}`;
  if (faults.length === 0) return 'done';
  if (!fault_confirmed)
    return `NO EVIDENCE that ${faults.length === 1 ? 'the fault' : 'each of its faults'} took effect`;
  const words = evidence.map(measurementWords);
  return [...new Set(words)]
    .map((one) => {
      const times = words.filter((other) => other === one).length;
      return times > 1 ? `${one} (${times} times)` : one;
    })
    .join('; ');
}
