import type { IngestReport } from './ingest.js';

/** What an ingest did, for people: the runs, the doubts, and where every line went. */
export function describeIngest({ runs, sources, ignored, notes }: IngestReport, out: string): string {
  const sum = (column: 'lines' | 'lines_kept' | 'lines_layout' | 'lines_cut' | 'lines_refused'): number =>
    sources.reduce((total, source) => total + source[column], 0);
  const count = (status: string): number => runs.filter((run) => run.status === status).length;
  const n = (value: number): string => value.toLocaleString('en-US');
  const lines = notes.map(({ about, note }) => `note: ${about}: ${note}`);
  const stepped = runs.filter(({ run_flags }) => run_flags?.split(';').includes('clock_stepped_back')).length;
  if (stepped > 0) lines.push(`note: in ${n(stepped)} runs the clock was set back by less than 1 s: flagged`);
  if (ignored.length > 0)
    lines.push(`note: ${n(ignored.length)} other files were left alone: ${some(ignored)}`);
  for (const run of runs) {
    if (run.status !== 'complete') lines.push(`note: ${run.run_id}: ${run.status}: ${run.status_reason}`);
  }
  lines.push(
    `${n(runs.length)} runs: ${n(count('complete'))} complete, ${n(count('partial'))} partial, ${n(count('failed'))} failed`,
    `${n(sum('lines'))} lines read from ${n(sources.length)} files = ${n(sum('lines_kept'))} operations kept + ${n(sum('lines_layout'))} of layout (headers, headings, blank) + ${n(sum('lines_cut'))} cut off + ${n(sum('lines_refused'))} of failed runs`,
    `dataset written to ${out}`,
  );
  return `${lines.join('\n')}\n`;
}

function some(items: readonly string[]): string {
  return items.length > 3 ? `${items.slice(0, 3).join(', ')}, …` : items.join(', ');
}
