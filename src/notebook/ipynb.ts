import { readFile } from 'node:fs/promises';
import { UserError } from '../common/errors.js';
import { writeFileWhole } from '../common/files.js';

/** A notebook file (nbformat 4), as far as it matters here; what else it holds is kept. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

export interface Cell {
  cell_type: 'code' | 'markdown' | 'raw';
  source: string | string[];
  outputs?: Output[];
  execution_count?: number | null;
  metadata: Record<string, unknown>;
  id?: string;
}

export type Output =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string | string[] }
  | { output_type: 'display_data'; data: Record<string, unknown>; metadata: object };

export async function readNotebook(path: string): Promise<Notebook> {
  const text = await readFile(path, 'utf8');
  try {
    const notebook = JSON.parse(text) as Notebook;
    if (notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) throw new Error('not of nbformat 4');
    return notebook;
  } catch (cause) {
    throw new UserError(`${path} is no notebook: ${(cause as Error).message}`, { cause });
  }
}

/** Writes a notebook as Jupyter itself does, so that saving it there changes nothing. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeFileWhole(path, `${JSON.stringify(sorted(notebook), null, 1)}\n`);
}

export function sourceOf(cell: Cell): string {
  return typeof cell.source === 'string' ? cell.source : cell.source.join('');
}

/** The notebook with these outputs in its code cells, in turn, and nothing of when or how long they ran. */
export function withOutputs(notebook: Notebook, outputs: readonly Output[][]): Notebook {
  let count = 0;
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== 'code') return cell;
    const own = outputs[count++] ?? [];
    return { ...cell, execution_count: count, metadata: {}, outputs: own.map(inLines) };
  });
  return { ...notebook, cells };
}

/** How a text was cut into writes is chance: those of one stream in a row are one output. */
export function merged(outputs: readonly Output[]): Output[] {
  const all: Output[] = [];
  for (const one of outputs) {
    const last = all.at(-1);
    const joins = one.output_type === 'stream' && last?.output_type === 'stream' && last.name === one.name;
    if (joins) last.text = `${last.text}${one.text}`;
    else all.push({ ...one });
  }
  return all;
}

/** Text as Jupyter stores it: a list of lines. */
function inLines(output: Output): Output {
  if (output.output_type === 'stream') return { ...output, text: lines(output.text as string) };
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === 'string' && !type.endsWith('json') ? lines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
