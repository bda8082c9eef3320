import { basename } from 'node:path';
import { type OptionalColumn, type Row, TABLES } from '../dataset/schema.js';
import type { Flag } from '../vocabulary/flags.js';
import type { Mapping } from './mapping.js';
import { type RunToIngest, workersWithoutFiles } from './run.js';
import { type Found, resultsFiles } from './source.js';

/**
 * Describes a folder of results files of another origin. Every worker is expected to have a file of both ops: unlike a
 * capture, such a folder has no list of what belongs to it, and a worker that had no success writes no file, which
 * looks the same as a lost one.
 */
export function readImported(found: Found, mappings: readonly Mapping[]): RunToIngest {
  const results = resultsFiles(found.folder);
  const path = found.folder.split('\\').join('/');
  const mapped = mappings.map((mapping) => mapping(path)).find(Boolean);
  const seenWorkers = Math.max(...results.map(({ worker }) => worker)) + 1;
  const workers = mapped?.workers ?? seenWorkers;
  const missing = workersWithoutFiles(workers, results);
  const notes: string[] = [];
  const writers = new Set(results.filter(({ op }) => op === 'exec').map(({ worker }) => worker));
  const readers = new Set(results.filter(({ op }) => op === 'query').map(({ worker }) => worker));
  for (const worker of new Set([...writers, ...readers])) {
    if (!writers.has(worker)) missing.push(`worker ${worker} has no exec file`);
    if (!readers.has(worker)) missing.push(`worker ${worker} has no query file`);
    if (worker >= workers)
      missing.push(`worker ${worker} has files, but the mapping says ${workers} workers`);
  }
  if (!mapped)
    notes.push('no mapping knows this folder: its scenario is its name, its length that of its data');
  const row: Row<'runs'> = {
    ...nothingKnown,
    run_id: found.name,
    campaign: 'imported',
    scenario: mapped?.scenario ?? basename(found.folder),
    fault: mapped?.fault ?? 'unknown',
    target_role: mapped?.target_role ?? 'none',
    target_node: mapped?.target_node ?? null,
    severity: mapped?.severity ?? null,
    severity_unit: mapped?.severity_unit ?? null,
    inject_at_s: mapped && mapped.fault !== 'none' ? 0 : null,
    workers,
    workload: 'write100-then-read',
    duration_s: mapped?.duration_s ?? Number.NaN,
    trial: 1,
    driver_node: 'raft1',
    driver_role: 'leader',
    status: 'complete',
    runtime: 'compose',
    source: 'imported',
    run_flags: mapped ? null : ('not_mapped' satisfies Flag),
  };
  return {
    folder: found.folder,
    row,
    results,
    clientFolder: null,
    recorded: new Map(),
    events: [],
    evidence: [],
    samples: [],
    missing,
    notes,
  };
}

/** Of all that a row may leave open, nothing. */
const nothingKnown = Object.fromEntries(
  TABLES.runs.columns.filter((column) => 'optional' in column).map(({ name }) => [name, null]),
) as Pick<Row<'runs'>, OptionalColumn<'runs'>>;
