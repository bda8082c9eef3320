import { createHash } from 'node:crypto';
import { escapeHtml } from '../common/html.js';
import { fitted } from '../render/fitted.js';
import { type Bundle, type Output, output } from './display.js';
import type { Drawing } from './drawing.js';
import { rowsOf, type Table } from './rows.js';
import { cell, tableBundle } from './table.js';
import { waitedFor } from './waiting.js';

/** The newest Vega-Lite that JupyterLab and VS Code draw; what they do not know they leave to the SVG. */
const VEGA_LITE_5 = 'https://vega.github.io/schema/vega-lite/v5.json';

/**
 * Displays below the cell: a figure or plot (as SVG, and as Vega-Lite for front ends that can), or, as a table of at most
 * 50 rows, the rows of a query or a danfojs DataFrame or Series. A figure that lacks its data says what is missing.
 * The cell waits for it, with or without `await`.
 */
export function show(what: Showable | Promise<Showable>): Promise<void> {
  return waitedFor(async () => {
    const put = output();
    const thing = await what;
    if (isDrawing(thing)) await showDrawing(thing, put);
    else put(tableBundle(rowsOf(thing)));
  });
}

export type Showable = Drawing | Table;

/** Whether it is a figure or a plot. */
export function isDrawing(thing: unknown): thing is Drawing {
  return (
    typeof thing === 'object' && thing !== null && 'title' in thing && ('svg' in thing || 'missing' in thing)
  );
}

/**
 * Displays a sentence (Markdown). Numbers in it are rounded for reading, and other values stand as they are, whatever
 * Markdown or HTML they look like.
 *
 * @example say`Reads are fastest with ${best.workers} workers: ${best.reads_per_s} a second.`
 */
export function say(parts: TemplateStringsArray, ...values: readonly unknown[]): void {
  output()(sentence(parts, values));
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

async function showDrawing(drawing: Drawing, put: Output): Promise<void> {
  if ('missing' in drawing) {
    const text = `${drawing.title}: left out, since this dataset has ${drawing.missing}.`;
    put({ 'text/markdown': `*${escapeMarkdown(text)}*`, 'text/plain': text });
    return;
  }
  const { title, caption, svg, spec } = drawing;
  const picture = withOwnIds(await fitted(svg));
  const encoded = Buffer.from(picture).toString('base64');
  put({
    // nbconvert before version 7 takes an SVG's elements away, but not those of a picture
    'text/html': `<img alt="${escapeHtml(title)}" src="data:image/svg+xml;base64,${encoded}" style="max-width: 100%">`,
    'image/svg+xml': picture,
    'application/vnd.vegalite.v5+json': { ...spec, $schema: VEGA_LITE_5 },
    'text/plain': [title, caption].filter(Boolean).join('\n'),
  });
  if (caption) put(sentence(['', ''], [caption]));
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
