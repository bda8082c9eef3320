/** What is wrong with a dataset, and where. */
export interface Problem {
  file: string;
  /** The row, from 1 without the header, where it is about one. */
  row?: number;
  column?: string;
  problem: string;
}

/** Problems, a line each, at most 20. */
export function describeProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, 20).map(({ file, row, column, problem }) => {
    const place = [file, row === undefined ? '' : `row ${row}`, column ? `column ${column}` : ''];
    return `${place.filter(Boolean).join(', ')}: ${problem}`;
  });
  if (problems.length > 20) lines.push(`… and ${problems.length - 20} more`);
  return lines.join('\n');
}
