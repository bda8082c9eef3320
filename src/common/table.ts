/** Rows as a table for people: numbers to the right, at most `decimals` of them behind the point. */
export function textTable<R extends object>(
  columns: readonly (keyof R & string)[],
  rows: readonly R[],
  decimals = 3,
): string {
  const cells = [
    columns as readonly string[],
    ...rows.map((row) => columns.map((name) => cell(row[name], decimals))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]!.length)));
  const right = columns.map((name) => rows.some((row) => typeof row[name] === 'number'));
  const lines = cells.map((line) =>
    line.map((text, i) => (right[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join('  '),
  );
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Rows as CSV with a header: null is an empty field, and numbers are whole, not rounded. */
export function csvTable<R extends object>(
  columns: readonly (keyof R & string)[],
  rows: readonly R[],
): string {
  const lines = rows.map((row) => columns.map((name) => quoted(row[name])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function cell(value: unknown, decimals: number): string {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return value.toFixed(decimals);
}

function quoted(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
