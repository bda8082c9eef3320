import { UserError } from '../common/errors.js';

const MOST_LINES = 3;

/**
 * An error as a cell shows it: what was wrong, in at most three lines, without the stack of what found it.
 * @param script what the cell was compiled to, whose line is told where an error is not of this project's own wording
 */
export function complaint(error: unknown, script = ''): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  if (error instanceof UserError) return linesOf(message).slice(0, MOST_LINES).join('\n');
  const words = linesOf(message ? `${name}: ${message}` : name);
  const line = lineOf(script, error.stack);
  return [...words.slice(0, line ? MOST_LINES - 1 : MOST_LINES), ...(line ? [`at: ${line}`] : [])].join('\n');
}

/**
 * What the compiler says of a cell, in at most three lines. It says one thing in several lines, from the whole to the
 * reason: of these the first and the last are told.
 */
export function diagnoses(texts: readonly string[]): string {
  const lines = [...new Set(texts.map(columnNamed).flatMap(linesOf))];
  if (lines.length <= MOST_LINES) return lines.join('\n');
  const first = lines.filter((line, i) => placeOf(line) !== placeOf(lines[i - 1] ?? ''));
  return (first.length === 1 ? [lines[0], lines.at(-1)] : first.slice(0, MOST_LINES)).join('\n');
}

/** A misspelt column of a query, which the types know, without the types' words. */
function columnNamed(text: string): string {
  const [, column] = /'no such column': "([^"]+)"/.exec(text) ?? [];
  return column ? `${placeOf(text)} - no such column: ${column}` : text;
}

/** `3:14` of `3:14 - Cannot find name`. */
function placeOf(line: string): string {
  return /^(\S*\d+:\d+) - /.exec(line)?.[1] ?? '';
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The line that was running: a cell runs as a script without a name. */
function lineOf(script: string, stack = ''): string | undefined {
  const [, line] = /evalmachine\.<anonymous>:(\d+):\d+/.exec(stack) ?? [];
  const compiled = line === undefined ? undefined : script.split('\n')[Number(line) - 1];
  return compiled?.replace(/\bexports\.(tsLastExpr\d* = )?/g, '').trim();
}
