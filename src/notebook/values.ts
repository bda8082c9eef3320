/** A row as Vega takes it. */
export type Values = Record<string, unknown>;

/** Rows for Vega, which knows no bigint. */
export function valuesOf(rows: readonly object[]): Values[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
    ),
  );
}
