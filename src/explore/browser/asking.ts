/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** It stays in the address, since the page is given to nobody without it. */
const token = new URL(location.href).searchParams.get('token') ?? '';

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
