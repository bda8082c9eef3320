import { escapeHtml } from '../common/html.js';

/** A piece of HTML, told from plain text, which is escaped wherever it is put into one. */
export class Html {
  constructor(readonly text: string) {}
}

/** HTML with values in it: text and numbers are escaped, pieces of HTML stand as they are, lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.reduce((text, part, i) => `${text}${textOf(values[i - 1]!)}${part}`));
}

type Value = Html | string | number | readonly (Html | string | number)[];

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(textOf).join('') : escapeHtml(String(value));
}

/** JSON as the content of a `<script type="application/json">`, which no text in it can end. */
export function jsonScript(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return new Html(`<script type="application/json" id="${escapeHtml(id)}">${json}</script>`);
}
