/** Rows of 32-bit integers, kept as columns, without an object a row. */
export class IntegerRows {
  private length = 0;
  private all: Int32Array[];

  constructor(columns: number) {
    this.all = Array.from({ length: columns }, () => new Int32Array(64));
  }

  add(...row: number[]): void {
    if (this.length === this.all[0]!.length) this.all = this.all.map(twiceAsLong);
    for (let i = 0; i < row.length; i++) this.all[i]![this.length] = row[i]!;
    this.length++;
  }

  columns(): Int32Array[] {
    return this.all.map((column) => column.subarray(0, this.length));
  }
}

function twiceAsLong(column: Int32Array): Int32Array {
  const longer = new Int32Array(2 * column.length);
  longer.set(column);
  return longer;
}
