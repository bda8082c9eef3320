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

function cell(value: unknown, decimals: number): string {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return value.toFixed(decimals);
}
