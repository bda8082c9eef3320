import type { Row } from '../dataset/schema.js';
import type { ResultsFile } from './source.js';

/** A run that is to be ingested: its row as far as it is known before its results are read, and its files. */
export interface RunToIngest {
  /** Where it lies, for messages. */
  folder: string;
  row: Row<'runs'>;
  results: ResultsFile[];
  /** Where the client left its attempts; null where 2022's benchmark played. */
  clientFolder: string | null;
  /** SHA-256 that each results file must have, by name, where the capture recorded it. */
  recorded: ReadonlyMap<string, string>;
  events: Row<'events'>[];
  evidence: Row<'evidence'>[];
  samples: Row<'samples'>[];
  /** What is missing of it; such a run is ingested only when partial runs are asked for. */
  missing: string[];
  /** What the user should be told. */
  notes: string[];
}

/** What is missing when every worker should have a file of one op or the other. */
export function workersWithoutFiles(workers: number, results: readonly ResultsFile[]): string[] {
  const seen = new Set(results.map(({ worker }) => worker));
  const without = Array.from({ length: workers }, (_, worker) => worker).filter(
    (worker) => !seen.has(worker),
  );
  return without.map((worker) => `worker ${worker} has no results file`);
}
