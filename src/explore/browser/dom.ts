/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
export function byId<E extends HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

/** A chart with the words under it. */
export function chart(drawing: Element, words: string): HTMLElement {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = words;
  figure.append(drawing, caption);
  return figure;
}

/** Fills a table; text stays text. Columns that hold numbers alone stand to the right. */
export function fillTable(
  table: HTMLElement,
  names: readonly string[] | null,
  rows: readonly unknown[][],
): void {
  const cell = (kind: 'th' | 'td', value: unknown) => {
    const made = document.createElement(kind);
    made.textContent = words(value);
    if (typeof value === 'number') made.className = 'n';
    return made;
  };
  const line = (kind: 'th' | 'td', values: readonly unknown[]) => {
    const made = document.createElement('tr');
    made.append(...values.map((value) => cell(kind, value)));
    return made;
  };
  if (names) table.querySelector('thead')!.replaceChildren(line('th', names));
  table.querySelector('tbody')!.replaceChildren(...rows.map((row) => line('td', row)));
}

export function options(select: HTMLSelectElement, values: readonly string[], chosen?: string): void {
  select.replaceChildren(
    ...values.map((value) => new Option(value || 'none', value, false, value === chosen)),
  );
}

/** Hands a file to the browser, to be kept. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Numbers are printed as exactly as a reader needs them; the CSV file has them whole. */
function words(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return value === null || value === undefined ? '' : String(value);
}
