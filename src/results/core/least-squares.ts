/** A fit by least squares, with what its standard errors are made of. */
export interface Solved {
  /** The design's rows. */
  readonly rows: readonly Sparse[];
  readonly coefficients: Float64Array;
  readonly residuals: Float64Array;
  /** A generalised inverse of the design's cross products. */
  readonly inverse: readonly Float64Array[];
  /** The hat matrix: how much each observation (column) counts in the fitted value of each (row). */
  readonly hat: readonly Float64Array[];
}

/** A row by what is not 0 in it: of indicators hardly anything is. */
export interface Sparse {
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

/**
 * Fits `values` to the columns of a design of this `width` by least squares. Columns that earlier ones make up are left out: their
 * coefficients are 0, and what does not depend on that choice is right.
 */
export function leastSquares(rows: readonly Sparse[], width: number, values: readonly number[]): Solved {
  const products = table(width);
  const right = new Float64Array(width);
  rows.forEach((row, r) => {
    for (let a = 0; a < row.columns.length; a++) {
      const [column, value] = [row.columns[a]!, row.values[a]!];
      right[column]! += value * values[r]!;
      for (let b = 0; b < row.columns.length; b++)
        products[column]![row.columns[b]!]! += value * row.values[b]!;
    }
  });
  const inverse = invert(products);
  const coefficients = Float64Array.from(inverse, (row) => dot(row, right));
  return {
    ...{ rows, coefficients, inverse, hat: hatOf(rows, inverse) },
    residuals: Float64Array.from(values, (value, i) => value - along(rows[i]!, coefficients)),
  };
}

/** The sum of the products of a row and another. */
export function along({ columns, values }: Sparse, other: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < columns.length; k++) sum += values[k]! * other[columns[k]!]!;
  return sum;
}

function hatOf(rows: readonly Sparse[], inverse: readonly Float64Array[]): Float64Array[] {
  const hat = table(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const product = timesMatrix(rows[i]!, inverse);
    // the other half is the same
    for (let j = 0; j <= i; j++) hat[i]![j] = hat[j]![i] = along(rows[j]!, product);
  }
  return hat;
}

/** A row times a symmetric matrix. */
function timesMatrix(row: Sparse, matrix: readonly Float64Array[]): Float64Array {
  const product = new Float64Array(matrix.length);
  for (let m = 0; m < matrix.length; m++) product[m] = along(row, matrix[m]!);
  return product;
}

/** A generalised inverse of a symmetric matrix, by Gauss and Jordan, in the order of the columns. */
function invert(matrix: readonly Float64Array[]): Float64Array[] {
  const n = matrix.length;
  const left = matrix.map((row) => row.slice());
  const right = table(n);
  for (let k = 0; k < n; k++) right[k]![k] = 1;
  const dependent = new Set<number>();
  for (let k = 0; k < n; k++) {
    const pivot = left[k]![k]!;
    if (Math.abs(pivot) < 1e-9 * Math.max(1, Math.abs(matrix[k]![k]!))) {
      dependent.add(k);
      continue;
    }
    const factors = Float64Array.from(left, (row) => row[k]!);
    for (const side of [left, right]) {
      const from = side[k]!;
      const filled: number[] = [];
      for (let j = 0; j < n; j++) {
        from[j]! /= pivot;
        if (from[j] !== 0) filled.push(j);
      }
      for (let i = 0; i < n; i++)
        if (i !== k && factors[i] !== 0) subtract(side[i]!, factors[i]!, from, filled);
    }
  }
  for (const k of dependent)
    for (let i = 0; i < n; i++) {
      right[i]![k] = 0;
      right[k]![i] = 0;
    }
  return right;
}

/** Takes `factor` times another row from a row, in the columns in which that is not 0. */
function subtract(row: Float64Array, factor: number, from: Float64Array, filled: readonly number[]): void {
  for (let f = 0; f < filled.length; f++) {
    const j = filled[f]!;
    row[j]! -= factor * from[j]!;
  }
}

function table(n: number): Float64Array[] {
  return Array.from({ length: n }, () => new Float64Array(n));
}

/** The sum of the products of two rows, as long as the first. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
