import { counted } from '../common/counted.js';
import type { Dataset } from '../dataset/open.js';
import type { Row } from '../dataset/schema.js';
import { figures } from '../figures/index.js';
import { type Captions, captionsOf, MissingData } from '../figures/parts/figure.js';
import { faultWords, severityWords } from '../figures/parts/words.js';
import { type Found, findings } from '../findings/findings.js';
import { DARK_FOR_LIGHT } from '../render/theme.js';
import { configurations } from '../results/derived/configurations.js';
import { type Comparison, comparePublished } from '../results/derived/published.js';
import { summary } from '../results/derived/summary.js';
import { trials } from '../results/derived/trials.js';
import { type VerdictCount, verdictCounts } from '../results/derived/verdict-counts.js';
import { allRuns } from '../results/runs/all.js';
import { type Evidence, evidenceByRun } from '../results/runs/evidence.js';
import { runTimelines } from '../results/runs/timelines.js';
import { compareChart, compileFigure, timelineChart } from './charts.js';
import { dataRows } from './data-rows.js';
import type { PageFigure, PageRun, Payload } from './payload.js';

/** All numbers of a timeline together, so that the page stays small however many runs there are. */
const MOST_BUCKETS = 30_000;

/** A figure as the page shows it, or why it does not. */
export type FigureText = { name: string; title: string; question: string } & (
  | { captions: Captions; missing?: undefined }
  | { missing: string; captions?: undefined }
);

/** All that stands in a report. */
export interface Content {
  runs: Row<'runs'>[];
  evidence: ReadonlyMap<string, Evidence[]>;
  findings: Found[];
  figures: FigureText[];
  published: Comparison[];
  /** None where no run is of the client. */
  verdicts: VerdictCount[];
  payload: Payload;
}

/** Asks the dataset for all that a report shows. */
export async function reportContent(data: Dataset): Promise<Content> {
  const runs = await allRuns(data);
  const { texts, drawn } = await drawAll(data);
  const published = await comparePublished(data).catch(missing<Comparison[]>([]));
  const buckets = Math.min(240, Math.max(30, Math.floor(MOST_BUCKETS / Math.max(1, runs.length))));
  const timelines = (await runTimelines(data, buckets)).map(shortened);
  const comparables = await comparable(data, severalWorkloads(runs));
  const payload = {
    dark: DARK_FOR_LIGHT,
    figures: drawn,
    compare: compareChart([...new Set(comparables.map((run) => run.release))].sort()),
    runs: comparables,
    timeline: timelineChart(),
    timelines,
  };
  return {
    findings: await findings(data),
    runs,
    evidence: await evidenceByRun(data),
    figures: texts,
    published,
    verdicts: await verdictCounts(data).catch(missing<VerdictCount[]>([])),
    payload,
  };
}

async function drawAll(data: Dataset) {
  const texts: FigureText[] = [];
  const drawn: PageFigure[] = [];
  for (const figure of figures) {
    const { name, title, question, query, spec } = figure;
    try {
      const answer = await query(data, {});
      const compiled = await compileFigure(spec(answer), `${title}. ${question}`);
      drawn.push({ name, title, spec: compiled, rows: dataRows(answer, compiled) });
      texts.push({ name, title, question, captions: captionsOf(figure, answer) });
    } catch (error) {
      if (!(error instanceof MissingData)) throw error;
      texts.push({ name, title, question, missing: error.message });
    }
  }
  return { texts, drawn };
}

async function comparable(data: Dataset, nameWorkload: boolean): Promise<PageRun[]> {
  const sums = await summary(data);
  const ordered = configurations(await trials(data)).flatMap((one) => one.trials);
  return ordered.map((trial) => {
    const mine = sums.filter((row) => row.run_id === trial.run_id);
    const ok = mine.reduce((sum, row) => sum + row.n_ok, 0);
    const not = mine.reduce((sum, row) => sum + row.n_fail + row.n_indeterminate, 0);
    return {
      run_id: trial.run_id,
      scenario: trial.scenario,
      configuration: configurationWords(trial, nameWorkload),
      release: trial.debian_release ?? 'not recorded',
      reads_per_s: trial.reads_per_s,
      writes_per_s: trial.writes_per_s,
      read_mean_ms: trial.read_mean_ms,
      read_p99_ms: mine.find((row) => row.op === 'query')?.p99_ms ?? null,
      not_ok_percent: ok + not > 0 ? (100 * not) / (ok + not) : null,
    };
  });
}

type Configured = Pick<Row<'runs'>, 'fault' | 'severity' | 'severity_unit' | 'target_role' | 'workers'> & {
  workload: string;
};

/** Whether a configuration is told only with its workload. */
export function severalWorkloads(runs: readonly { workload: string }[]): boolean {
  return new Set(runs.map((run) => run.workload)).size > 1;
}

/** `CPU limit, 0.25 CPU; follower, 9 workers`, and the workload where it is asked for. */
export function configurationWords(run: Configured, nameWorkload: boolean): string {
  const role = run.target_role === 'none' ? '' : run.target_role;
  const workers = counted(run.workers, 'worker');
  const words = (parts: (string | null)[]) => parts.filter(Boolean).join(', ');
  return `${words([faultWords(run.fault), severityWords(run)])}; ${words([role, workers, nameWorkload ? run.workload : ''])}`;
}

/** Four significant digits are more than a screen shows. */
function shortened<T extends object>(timeline: T): T {
  const round = (value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  return Object.fromEntries(
    Object.entries(timeline).map(([name, value]) => [
      name,
      Array.isArray(value) && name !== 'marks' ? value.map(round) : value,
    ]),
  ) as T;
}

function missing<A>(instead: A): (error: unknown) => A {
  return (error) => {
    if (error instanceof MissingData) return instead;
    throw error;
  };
}
