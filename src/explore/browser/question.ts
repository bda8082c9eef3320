import { ask } from './asking.js';
import { byId, download, fillTable, options } from './dom.js';

const FIRST = `SELECT scenario, op, count(*) AS operations, quantile_cont(latency_ms, 0.99) AS p99_ms
FROM ops WHERE outcome = 'ok'
GROUP BY ALL ORDER BY p99_ms DESC LIMIT 20`;

/** A question of one's own in SQL: its rows, all of them as CSV, and a drawing with its Vega-Lite spec. */
export function question(): void {
  const sql = byId<HTMLTextAreaElement>('sql');
  sql.value = FIRST;
  let spec: unknown;
  const act = (id: string, work: () => Promise<void>) =>
    byId(id).addEventListener('click', () => void failing(work));
  const answer = async () => {
    const response = await ask('/rows', { sql: sql.value });
    const { names, rows, all } = (await response.json()) as {
      names: string[];
      rows: unknown[][];
      all: number;
    };
    fillTable(byId('table'), names, rows);
    byId('rows').textContent =
      `${all.toLocaleString('en-US')} rows${rows.length < all ? `, the first ${rows.length.toLocaleString('en-US')} shown` : ''}`;
    const numbers = names.filter((_, i) => rows.some((row) => typeof row[i] === 'number'));
    options(byId('x'), names, names[0]);
    options(byId('y'), names, numbers.find((name) => name !== names[0]) ?? names[1]);
    options(byId('color'), ['', ...names]);
  };
  act('answer', answer);
  sql.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void failing(answer);
  });
  act('csv', async () => download('rows.csv', await (await ask('/csv', { sql: sql.value })).blob()));
  act('draw', async () => {
    const [mark, x, y, color] = ['mark', 'x', 'y', 'color'].map((id) => byId<HTMLSelectElement>(id).value);
    const request = { sql: sql.value, mark, x, y, ...(color ? { color } : {}) };
    const drawing = (await (await ask('/plot', request)).json()) as { svg: string; spec: unknown };
    const image = new DOMParser().parseFromString(drawing.svg, 'image/svg+xml');
    byId('drawn').replaceChildren(document.importNode(image.documentElement, true));
    spec = drawing.spec;
    byId<HTMLButtonElement>('spec').disabled = false;
  });
  act('spec', async () => download('figure.vl.json', new Blob([JSON.stringify(spec, null, 2)])));
  void failing(answer);
}

async function failing(work: () => Promise<void>): Promise<void> {
  byId('problem').textContent = '';
  try {
    await work();
  } catch (error) {
    byId('problem').textContent = (error as Error).message;
  }
}
