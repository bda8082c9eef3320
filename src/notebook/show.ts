import { createHash } from 'node:crypto';
import { escapeHtml } from '../common/html.js';
import { textTable } from '../common/table.js';
import { number } from '../figures/parts/words.js';
import { fitted } from '../render/fitted.js';
import { type Bundle, display } from './display.js';
import type { Drawing } from './drawing.js';
import type { Frame } from './frame.js';

const MOST_ROWS = 50;

/** The newest Vega-Lite that JupyterLab and VS Code draw; what they do not know they leave to the SVG. */
const VEGA_LITE_5 = 'https://vega.github.io/schema/vega-lite/v5.json';

/**
 * Displays a figure (as SVG, and as Vega-Lite for front ends that can), the rows of a query or a frame (as a table of
 * at most 50 rows), below the cell. A figure that lacks its data says what is missing.
 */
export async function show(what: Showable | Promise<Showable>): Promise<void> {
  const thing = await what;
  if (Array.isArray(thing)) showTable(thing as readonly object[]);
  else if ('danfo' in thing || 'ndim' in thing) showTable(rowsOf(thing as Frame));
  else await showDrawing(thing as Drawing);
}

export type Showable = Drawing | readonly object[] | Pick<Frame, 'columns' | 'values'>;

/**
 * Displays a sentence (Markdown). Numbers in it are rounded for reading, and other values stand as they are, whatever
 * Markdown or HTML they look like.
 *
 * @example say`Reads are fastest with ${best.workers} workers: ${best.reads_per_s} a second.`
 */
export function say(parts: TemplateStringsArray, ...values: readonly unknown[]): void {
  display(sentence(parts, values));
}

/** As text too: the classic notebook shows Markdown only after it was told to trust the notebook. */
export function sentence(parts: readonly string[], values: readonly unknown[]): Sentence {
  const [words, escaped] = [values.map(cell), values.map((value) => escapeMarkdown(cell(value)))];
  return { 'text/markdown': joined(parts, escaped), 'text/plain': joined(parts, words) };
}

interface Sentence extends Bundle {
  readonly 'text/markdown': string;
  readonly 'text/plain': string;
}

function joined(parts: readonly string[], words: readonly string[]): string {
  return parts.reduce((text, part, i) => `${text}${words[i - 1]}${part}`);
}

function escapeMarkdown(text: string): string {
  return escapeHtml(text).replace(/[\\`*_{}[\]()#+!|~$]/g, '\\$&');
}

async function showDrawing(drawing: Drawing): Promise<void> {
  if ('missing' in drawing) {
    const text = `${drawing.title}: left out, since this dataset has ${drawing.missing}.`;
    display({ 'text/markdown': `*${escapeMarkdown(text)}*`, 'text/plain': text });
    return;
  }
  const { title, caption, svg, spec } = drawing;
  const picture = withOwnIds(await fitted(svg));
  const encoded = Buffer.from(picture).toString('base64');
  display({
    // nbconvert before version 7 takes an SVG's elements away, but not those of a picture
    'text/html': `<img alt="${escapeHtml(title)}" src="data:image/svg+xml;base64,${encoded}" style="max-width: 100%">`,
    'image/svg+xml': picture,
    'application/vnd.vegalite.v5+json': { ...spec, $schema: VEGA_LITE_5 },
    'text/plain': [title, caption].filter(Boolean).join('\n'),
  });
  if (caption) display(sentence(['', ''], [caption]));
}

function showTable(rows: readonly object[]): void {
  const [first] = rows;
  if (!first) {
    display({ 'text/plain': 'no rows' });
    return;
  }
  const names = Object.keys(first);
  const shown = rows.slice(0, MOST_ROWS) as Record<string, unknown>[];
  const isNumber = names.map((name) => shown.some((row) => typeof row[name] === 'number'));
  const as = (tag: 'th' | 'td') => (text: string, i: number) =>
    `<${tag} style="text-align:${isNumber[i] ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`;
  const cells = (row: Record<string, unknown>) => names.map((name) => cell(row[name])).map(as('td'));
  const head = names.map(as('th')).join('');
  const body = shown.map((row) => `<tr>${cells(row).join('')}</tr>`).join('\n');
  const more =
    rows.length > MOST_ROWS
      ? `<p>The first ${MOST_ROWS} of ${rows.length.toLocaleString('en')} rows.</p>`
      : '';
  display({
    'text/html': `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${more}`,
    'text/plain': textTable(names as never[], shown),
  });
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? value.toLocaleString('en') : number(value);
}

function rowsOf({ columns, values }: Pick<Frame, 'columns' | 'values'>): object[] {
  return values.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
}

/** An SVG that can stand among others in one page. */
function withOwnIds(svg: string): string {
  const prefix = createHash('sha256').update(svg).digest('hex').slice(0, 8);
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!))];
  return ids.reduce(
    (text, id, i) =>
      text
        .replaceAll(` id="${id}"`, ` id="f${prefix}-${i}"`)
        .replaceAll(`url(#${id})`, `url(#f${prefix}-${i})`)
        .replaceAll(`href="#${id}"`, `href="#f${prefix}-${i}"`),
    svg,
  );
}
