import { basename } from 'node:path';
import type { Row } from '../dataset/schema.js';
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
    duration_s: mapped?.duration_s ?? Number.NaN,
    run_flags: mapped ? null : ('not_mapped' satisfies Flag),
  };
  return {
    folder: found.folder,
    row,
    results,
    recorded: new Map(),
    events: [],
    evidence: [],
    samples: [],
    missing,
    notes,
  };
}

const nothingKnown: Row<'runs'> = {
  run_id: '',
  campaign: '',
  scenario: '',
  fault: '',
  target_role: 'none',
  target_node: null,
  severity: null,
  severity_unit: null,
  inject_at_s: null,
  lift_at_s: null,
  workers: 1,
  workload: 'write100-then-read',
  duration_s: 0,
  trial: 1,
  block: null,
  position: null,
  seed: null,
  driver_node: 'raft1',
  driver_role: 'leader',
  started_at: null,
  status: 'complete',
  status_reason: null,
  failure: null,
  fault_confirmed: null,
  acknowledged_writes: null,
  rows_found: null,
  other_cpu_fraction: null,
  run_flags: null,
  debian_release: null,
  dqlite_version: null,
  go_dqlite_version: null,
  image_id: null,
  docker_version: null,
  compose_version: null,
  cgroup_version: null,
  kernel: null,
  host_cpus: null,
  host_cpu_model: null,
  host_memory_bytes: null,
  host_swap_bytes: null,
  runtime: 'compose',
  source: 'imported',
};
