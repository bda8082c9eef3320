import { svgOf } from './chart.js';
import { button } from './dom.js';

/** Of a table. */
const MOST_ROWS = 400;

/** Downloads and a table, below a chart. */
export function tools(place: HTMLElement, name: string, rows: () => object[]): void {
  const bar = document.createElement('p');
  bar.className = 'tools';
  bar.append(
    button(`SVG`, `Download ${name} as SVG`, async () => {
      download(`${name}.svg`, 'image/svg+xml', await svgOf(place));
    }),
    button('Data (CSV)', `Download the data of ${name} as CSV`, () =>
      download(`${name}.csv`, 'text/csv', csv(rows())),
    ),
  );
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Data as a table';
  details.append(summary);
  details.addEventListener('toggle', () => {
    details.querySelector('div')?.remove();
    if (details.open) details.append(table(rows()));
  });
  place.closest('figure')!.after(bar, details);
}

function download(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function table(rows: readonly object[]): HTMLElement {
  const names = namesOf(rows);
  const made = document.createElement('table');
  const line = (cells: readonly unknown[], kind: 'th' | 'td') => {
    const row = document.createElement('tr');
    for (const cell of cells) {
      const element = document.createElement(kind);
      element.textContent = cell === undefined || cell === null ? '' : String(cell);
      row.append(element);
    }
    return row;
  };
  made.createTHead().append(line(names, 'th'));
  const body = made.createTBody();
  for (const row of rows.slice(0, MOST_ROWS) as Record<string, unknown>[]) {
    body.append(
      line(
        names.map((name) => row[name]),
        'td',
      ),
    );
  }
  const box = document.createElement('div');
  box.className = 'scroll';
  box.append(made);
  if (rows.length > MOST_ROWS) box.append(`The first ${MOST_ROWS} of ${rows.length} rows; the CSV has all.`);
  return box;
}

function csv(rows: readonly object[]): string {
  const names = namesOf(rows);
  const quoted = (value: unknown) => {
    const text = value === undefined || value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) =>
    names.map((name) => quoted((row as Record<string, unknown>)[name])).join(','),
  );
  return `${[names.map(quoted).join(','), ...lines].join('\n')}\n`;
}

function namesOf(rows: readonly object[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}
