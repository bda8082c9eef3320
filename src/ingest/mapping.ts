import { parse } from 'csv-parse/sync';
import { z } from '../common/bundled/zod.js';
import { UserError } from '../common/errors.js';

/** What is known of an imported run beside its results files. */
export interface MappedRun {
  scenario: string;
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  workers: number;
  duration_s: number;
  target_node: string | null;
}

/** Folders by their path's last parts, with forward slashes. */
export type Mapping = (path: string) => MappedRun | undefined;

const COLUMNS = [
  'folder',
  'scenario',
  'fault',
  'target_role',
  'severity',
  'severity_unit',
  'workers',
  'duration_s',
] as const;

const emptyIsNull = (text: string): string | null => (text === '' ? null : text);
const rowSchema = z.object({
  folder: z
    .string()
    .min(1)
    .transform((folder) => folder.replace(/^\/+|\/+$/g, '')),
  scenario: z.string().min(1),
  fault: z.string().min(1),
  target_role: z.enum(['none', 'leader', 'follower']),
  severity: z.union([z.literal('').transform(() => null), z.coerce.number()]),
  severity_unit: z.string().transform(emptyIsNull),
  workers: z.coerce.number().int().min(1),
  duration_s: z.coerce.number().positive(),
});

/** Reads a mapping: a CSV file with a row for each folder. `file` is what errors call it. */
export function readMapping(text: string, file: string): { mapping: Mapping; folders: string[] } {
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, { columns: true, info: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    throw new UserError(`${file}: not a CSV file: ${(cause as Error).message}`, { cause });
  }
  const header = Object.keys(records[0]?.record ?? {});
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new UserError(`${file}, line 1: no column ${missing.join(', ')}: expected ${COLUMNS.join(',')}`);
  }
  const rows = new Map<string, MappedRun>();
  for (const { record, info } of records) {
    const parsed = rowSchema.safeParse(record);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      const column = String(issue.path[0]);
      throw new UserError(
        `${file}, line ${info.lines}, column ${column}: ${issue.message}, received ${JSON.stringify(record[column])}`,
      );
    }
    const { folder, ...run } = parsed.data;
    if (rows.has(folder)) throw new UserError(`${file}, line ${info.lines}: ${folder} comes twice`);
    rows.set(folder, { ...run, target_node: null });
  }
  return {
    mapping: (path) =>
      tails(path)
        .map((tail) => rows.get(tail))
        .find(Boolean),
    folders: [...rows.keys()],
  };
}

/** The folders of the 2022 evaluation: its host had 4 cores, raft1 led and drove, each run lasted 60 s. */
export const mapping2022: Mapping = (path) => {
  for (const tail of tails(path)) {
    for (const [pattern, describe] of FOLDERS_2022) {
      const match = pattern.exec(tail);
      if (match) return { ...BASE_2022, ...describe(match) };
    }
  }
  return undefined;
};

const BASE_2022: MappedRun = {
  scenario: 'baseline',
  fault: 'none',
  target_role: 'none',
  severity: null,
  severity_unit: null,
  workers: 9,
  duration_s: 60,
  target_node: null,
};

const slowLeader = (severity: number): Partial<MappedRun> => ({
  scenario: 'slow-cpu-leader',
  fault: 'cpu-contention',
  target_role: 'leader',
  severity,
  severity_unit: 'burners',
  target_node: 'raft1',
});

const littleMemory = (role: 'leader' | 'follower', severity: number): Partial<MappedRun> => ({
  scenario: `memory-${role}`,
  fault: 'memory-limit',
  target_role: role,
  severity,
  severity_unit: 'MB',
  target_node: role === 'leader' ? 'raft1' : null,
});

const FOLDERS_2022: readonly [RegExp, (match: RegExpExecArray) => Partial<MappedRun>][] = [
  [/^baseline\/(\d+)_thread$/, ([, workers]) => ({ workers: Number(workers) })],
  [/^slow-cpu-leader$/, () => slowLeader(3)],
  [/^cpu_level\/\d_core_(\d)_busybox$/, ([, burners]) => slowLeader(Number(burners))],
  [
    /^slow-cpu-follower$/,
    () => ({
      scenario: 'slow-cpu-follower',
      fault: 'cpu-limit',
      target_role: 'follower',
      severity: 0.25,
      severity_unit: 'cpus',
      target_node: 'raft2',
    }),
  ],
  [
    /^crash-follower-(raft\d)$/,
    ([, node]) => ({
      scenario: 'crash-follower',
      fault: 'crash',
      target_role: 'follower',
      severity: 1,
      severity_unit: 's_after_start',
      target_node: node!,
    }),
  ],
  [/^memory-(leader|follower)-(\d+)mb$/, ([, role, mb]) => littleMemory(role as 'leader', Number(mb))],
  [/^memory-level\/(leader|follower)-(\d+)mb$/, ([, role, mb]) => littleMemory(role as 'leader', Number(mb))],
];

/** `a/b/c`, `b/c`, `c`: the longest first. */
function tails(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, i) => parts.slice(i).join('/'));
}
