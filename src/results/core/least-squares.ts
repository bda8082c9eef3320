/** A fit by least squares, with what its standard errors are made of. */
export interface Solved {
  readonly coefficients: number[];
  readonly residuals: number[];
  /** A generalised inverse of the design's cross products. */
  readonly inverse: number[][];
  /** The hat matrix: how much each observation (column) counts in the fitted value of each (row). */
  readonly hat: number[][];
}

/**
 * Fits `values` to the columns of `design` by least squares. Columns that earlier ones make up are left out: their
 * coefficients are 0, and what does not depend on that choice is right.
 */
export function leastSquares(design: readonly (readonly number[])[], values: readonly number[]): Solved {
  const width = design[0]?.length ?? 0;
  const rows = design.map(entriesOf);
  const products = table(width, () => 0);
  const right = new Array<number>(width).fill(0);
  for (const [r, row] of rows.entries())
    for (const [i, a] of row) {
      right[i]! += a * values[r]!;
      for (const [j, b] of row) products[i]![j]! += a * b;
    }
  const inverse = invert(products);
  const coefficients = inverse.map((row) => dot(row, right));
  const through = rows.map((row) => inverse.map((column) => along(row, column)));
  return {
    coefficients,
    inverse,
    residuals: values.map((value, i) => value - along(rows[i]!, coefficients)),
    hat: through.map((row) => rows.map((other) => along(other, row))),
  };
}

/** A row by what is not 0 in it: of indicators hardly anything is. */
type Entries = readonly (readonly [column: number, value: number])[];

function entriesOf(row: readonly number[]): Entries {
  return row.flatMap((value, column) => (value === 0 ? [] : [[column, value] as const]));
}

/** The sum of the products of a row, by its entries, and another. */
function along(entries: Entries, other: readonly number[]): number {
  let sum = 0;
  for (const [column, value] of entries) sum += value * other[column]!;
  return sum;
}

/** A generalised inverse of a symmetric matrix, by Gauss and Jordan, in the order of the columns. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const left = matrix.map((row) => [...row]);
  const right = table(n, (i, j) => (i === j ? 1 : 0));
  const dependent = new Set<number>();
  for (let k = 0; k < n; k++) {
    if (Math.abs(left[k]![k]!) < 1e-9 * Math.max(1, Math.abs(matrix[k]![k]!))) {
      dependent.add(k);
      continue;
    }
    const pivot = left[k]![k]!;
    for (const side of [left, right]) side[k] = side[k]!.map((value) => value / pivot);
    for (let i = 0; i < n; i++) {
      const factor = left[i]![k]!;
      if (i === k || factor === 0) continue;
      for (const side of [left, right]) {
        const [row, from] = [side[i]!, side[k]!];
        for (let j = 0; j < n; j++) row[j]! -= factor * from[j]!;
      }
    }
  }
  return table(n, (i, j) => (dependent.has(i) || dependent.has(j) ? 0 : right[i]![j]!));
}

function table(n: number, cell: (i: number, j: number) => number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => cell(i, j)));
}

/** The sum of the products of two rows of the same length. */
export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
