/**
 * Rows as CSV with a header: null is an empty field, an empty text is `""`, numbers are whole, not rounded, and lines end
 * in LF.
 */
export function csv(columns: readonly string[], rows: readonly object[]): string {
  const line = (row: object) =>
    columns.map((name) => field((row as Record<string, unknown>)[name])).join(',');
  return [columns.join(','), ...rows.map(line), ''].join('\n');
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
