import { UserError, unknownName } from '../common/errors.js';
import type { Spec } from '../figures/parts/figure.js';
import { type RenderOptions, renderRaw } from '../render/raw.js';
import type { Drawing } from './drawing.js';
import { rowsOf, type Table } from './rows.js';
import { valuesOf } from './values.js';

/**
 * Draws any Vega-Lite spec, in the fonts and colours of the figures unless it has its own; `show` displays it.
 *
 * @param spec as Vega-Lite’s documentation has it; it may hold its own data
 * @param table the rows, or the danfojs frame, that it is drawn from
 * @throws UserError for a field that the rows do not have, and for what Vega-Lite cannot draw
 * @example vegaLite({ mark: 'bar', encoding: { x: { field: 'op', type: 'nominal' }, y: { aggregate: 'count' } } }, rows)
 */
export async function vegaLite(
  spec: object,
  table?: Table | Promise<Table>,
  options: Pick<RenderOptions, 'width' | 'theme'> = {},
): Promise<Drawing> {
  const title = titleOf(spec);
  const values = table === undefined ? undefined : valuesOf(rowsOf(await table));
  if (values?.length === 0) return { name: 'plot', title: title || 'This plot', missing: 'no rows for it' };
  if (!values && !/"data":/.test(JSON.stringify(spec)))
    throw new UserError(
      'a spec without data: give the rows as the second argument, or put them into its "data"',
    );
  if (values) checkFields(spec, [...new Set(values.flatMap((row) => Object.keys(row)))]);
  try {
    const drawn = await renderRaw({ ...spec, ...(values ? { data: { values } } : {}) } as Spec, options);
    return { name: 'plot', title, ...drawn };
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`Vega-Lite cannot draw this: ${(cause as Error).message}`, { cause });
  }
}

/** A field that the rows do not have is drawn as nothing; what a transform makes cannot be known before. */
function checkFields(spec: object, columns: readonly string[]): void {
  const text = JSON.stringify(spec);
  if (/"(transform|repeat|lookup)":/.test(text)) return;
  for (const [, field] of text.matchAll(/"field":"([^"\\.[]+)"/g))
    if (!columns.includes(field!)) throw unknownName('column', field!, columns);
}

function titleOf(spec: object): string {
  const { title } = spec as { title?: string | { text?: string } };
  return typeof title === 'string' ? title : (title?.text ?? '');
}
