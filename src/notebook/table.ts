import { escapeHtml } from '../common/html.js';
import { textTable } from '../common/table.js';
import { number } from '../figures/parts/words.js';
import type { Bundle } from './display.js';

const MOST_ROWS = 50;

/** Rows as a table, of which the first 50 are shown. */
export function tableBundle(rows: readonly Record<string, unknown>[]): Bundle {
  const [first] = rows;
  if (!first) return { 'text/plain': 'no rows' };
  const names = Object.keys(first);
  const shown = rows.slice(0, MOST_ROWS);
  const isNumber = names.map((name) => shown.some((row) => typeof row[name] === 'number'));
  const as = (tag: 'th' | 'td') => (text: string, i: number) =>
    `<${tag} style="text-align:${isNumber[i] ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`;
  const cells = (row: Record<string, unknown>) => names.map((name) => cell(row[name])).map(as('td'));
  const head = names.map(as('th')).join('');
  const body = shown.map((row) => `<tr>${cells(row).join('')}</tr>`).join('\n');
  const more =
    rows.length > MOST_ROWS ? `The first ${MOST_ROWS} of ${rows.length.toLocaleString('en')} rows.` : '';
  return {
    'text/html': `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${more && `<p>${more}</p>`}`,
    'text/plain': `${textTable(names as never[], shown)}${more}`,
  };
}

/** A value for reading. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? value.toLocaleString('en') : number(value);
}
