import type { RunTimeline } from '../results/runs/timelines.js';

/** A compiled Vega spec, as far as the page looks into it. */
export interface VegaSpec {
  data?: { name: string; values?: object[] }[];
  signals?: { name: string; value?: unknown }[];
  width?: number;
}

export interface PageFigure {
  name: string;
  title: string;
  spec: VegaSpec;
  /** What it is made from, a row a run where it knows its runs; else what it draws. */
  rows: object[];
}

/** A chart with either scale; its data are put in by the page. */
export interface PageChart {
  linear: VegaSpec;
  log: VegaSpec;
}

/** What the page compares runs by. */
export const MEASURES = {
  reads_per_s: 'Successful reads per second',
  writes_per_s: 'Successful writes per second',
  read_mean_ms: 'Mean latency of reads (ms)',
  read_p99_ms: '99th percentile of the latency of reads (ms)',
  not_ok_percent: 'Operations that did not succeed (%)',
} as const;
export type Measure = keyof typeof MEASURES;

/** A usable run, to be compared with others. */
export interface PageRun extends Record<Measure, number | null> {
  run_id: string;
  scenario: string;
  /** Fault, severity, role and workers, in words; and the workload, where the dataset has several. */
  configuration: string;
  /** Of Debian, by which dots are told apart. */
  release: string;
}

/** All that the page's script works with. */
export interface Payload {
  /** For each colour of the charts, the one to take on a dark screen. */
  dark: Readonly<Record<string, string>>;
  figures: PageFigure[];
  compare: PageChart;
  runs: PageRun[];
  timeline: PageChart;
  timelines: RunTimeline[];
}
