/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** The token leaves the address bar, so that it is not copied along, and stays while the tab is reloaded. */
const token = ((): string => {
  const given = new URL(location.href).searchParams.get('token');
  if (given !== null) sessionStorage.setItem('token', given);
  return given ?? sessionStorage.getItem('token') ?? '';
})();

/** Asks the server. @throws Error with what it has against the question */
export async function ask(path: string, request: object): Promise<Response> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new Error(await response.text());
  return response;
}

/** The rows that answer a query of Mosaic's. */
export async function rowsOf(query: { toString(): string }): Promise<unknown[][]> {
  const { rows } = (await (await ask('/rows', { sql: String(query) })).json()) as { rows: unknown[][] };
  return rows;
}

/** What answers Mosaic's questions, as Arrow. */
export const connector = {
  async query(query: { type?: string; sql: string }): Promise<unknown> {
    const response = await ask('/mosaic', { type: query.type ?? 'arrow', sql: String(query.sql) });
    return query.type === 'exec' ? undefined : response.arrayBuffer();
  },
};
