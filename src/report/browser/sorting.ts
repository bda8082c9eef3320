import { byId, select } from './dom.js';

/** Lets every table of the page be sorted by a click on a heading, and those with a search field be filtered. */
export function setUpTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) sortable(table);
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-table]')) {
    field.addEventListener('input', () => filter(field.dataset['table']!));
  }
  select('scenario').addEventListener('change', () => filter('runs-table'));
}

function sortable(table: HTMLTableElement): void {
  for (const heading of table.tHead!.rows[0]!.cells) {
    const label = document.createElement('button');
    label.type = 'button';
    label.append(...heading.childNodes);
    heading.append(label);
    label.addEventListener('click', () => sort(table, heading));
  }
}

/** By a column, up first; a second click turns it round. */
function sort(table: HTMLTableElement, heading: HTMLTableCellElement): void {
  const down = heading.getAttribute('aria-sort') === 'ascending';
  for (const other of heading.parentElement!.children) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const body = table.tBodies[0]!;
  const text = (row: HTMLTableRowElement) => row.cells[heading.cellIndex]!.textContent!.trim();
  body.append(...[...body.rows].sort((a, b) => (down ? -1 : 1) * compare(text(a), text(b))));
}

/** Numbers by their value, also those with commas between thousands; other texts as people would, w9 before w10. */
function compare(a: string, b: string): number {
  const [x, y] = [leading(a), leading(b)];
  if (x !== null && y !== null) return x - y;
  return a.localeCompare(b, 'en', { numeric: true });
}

function leading(text: string): number | null {
  const found = /^-?[\d,]+(\.\d+)?/.exec(text);
  return found ? Number(found[0].replaceAll(',', '')) : null;
}

/** Shows the rows that have every word of the table's search field, and of runs those of the chosen scenario. */
function filter(id: string): void {
  const field = document.querySelector<HTMLInputElement>(`input[data-table="${id}"]`)!;
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const scenario = id === 'runs-table' ? select('scenario').value : '';
  const rows = [...(byId(id) as HTMLTableElement).tBodies[0]!.rows];
  for (const row of rows) {
    const text = row.textContent!.toLowerCase();
    row.hidden =
      (scenario !== '' && row.dataset['scenario'] !== scenario) ||
      !words.every((word) => text.includes(word));
  }
  byId(`${id}-count`).textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
}
