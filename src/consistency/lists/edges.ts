import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import { type Duck, openDuck } from '../../dataset/duck.js';
import { endOf, type ListOperation } from '../history.js';
import { appendColumns, integerColumns } from './columns.js';
import { EDGES_SQL, EMPTY_SQL, TABLES_SQL } from './edges-sql.js';
import type { ListOrder } from './observe.js';

/**
 * Why one operation must come before another: `ww`, its append stands right before the other's; `wr`, the other saw its
 * append; `rw`, it did not see the other's append; `rt`, it had ended before the other began; `via`, on through a node
 * that stands for no operation.
 */
export const EDGE_KINDS = ['ww', 'wr', 'rw', 'rt', 'via'] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** Who must come before whom, and why. */
export interface Edges {
  /** The operations of the first nodes; after them come a tail a list, and the instants at which operations ended. */
  readonly operations: readonly ListOperation[];
  readonly nodes: number;
  /** For each edge its two nodes, its kind's place in EDGE_KINDS, and the list that it is about, or -1. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kind: Int32Array;
  readonly list: Int32Array;
  /** 1 where it leads to an append that nobody saw. */
  readonly unseen: Int32Array;
}

/** Builds edges in a DuckDB of its own, one history after the other: setting it up takes longer than a small one. */
export class EdgeBuilder {
  private constructor(
    private readonly duck: Duck,
    private readonly query: DuckDBPreparedStatement,
  ) {}

  static async open(): Promise<EdgeBuilder> {
    const duck = await openDuck();
    await duck.connection.run(TABLES_SQL);
    return new EdgeBuilder(duck, await duck.connection.prepare(EDGES_SQL));
  }

  /** The edges between operations, linear in number in them and in what they appended and read. */
  async build(operations: readonly ListOperation[], lists: readonly ListOrder[]): Promise<Edges> {
    const node = new Map<ListOperation | undefined, number>();
    for (const [i, operation] of operations.entries()) node.set(operation, i);
    const written = new Rows();
    const met = new Rows();
    const hidden = new Rows();
    lists.forEach(({ writers, reads, unseen }, list) => {
      writers.forEach((writer, position) => {
        if (writer) written.add(list, position, node.get(writer)!);
      });
      for (const { operation, position } of reads) met.add(list, position, node.get(operation)!);
      for (const operation of unseen) hidden.add(list, 0, node.get(operation)!);
    });
    const ends = Float64Array.from(operations, endOf);
    const times = [
      Int32Array.from(operations.keys()),
      Float64Array.from(operations, ({ invoked_ns }) => invoked_ns),
      ends,
    ];
    const { connection } = this.duck;
    await connection.run(EMPTY_SQL);
    for (const [table, columns] of [
      ['written', written.columns()],
      ['met', met.columns()],
      ['unseen', hidden.columns()],
      ['times', times],
    ] as const) {
      await appendColumns(connection, table, columns);
    }
    const firstInstant = operations.length + lists.length;
    this.query.bindInteger(1, operations.length);
    this.query.bindInteger(2, firstInstant);
    const [from, to, kind, list, unseen] = await integerColumns(await this.query.run(), 5);
    return {
      operations,
      nodes: firstInstant + distinctFinite(ends),
      from: from!,
      to: to!,
      kind: kind!,
      list: list!,
      unseen: unseen!,
    };
  }

  close(): void {
    this.query.destroySync();
    this.duck.close();
  }
}

/** Rows of list, position and node, kept as columns. */
class Rows {
  private length = 0;
  private all = [new Int32Array(1024), new Int32Array(1024), new Int32Array(1024)];

  add(...row: [list: number, position: number, node: number]): void {
    if (this.length === this.all[0]!.length) {
      this.all = this.all.map((column) => {
        const longer = new Int32Array(2 * column.length);
        longer.set(column);
        return longer;
      });
    }
    for (let i = 0; i < row.length; i++) this.all[i]![this.length] = row[i]!;
    this.length++;
  }

  columns(): Int32Array[] {
    return this.all.map((column) => column.subarray(0, this.length));
  }
}

function distinctFinite(numbers: Float64Array): number {
  const sorted = numbers.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length && sorted[i]! < Number.POSITIVE_INFINITY; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  }
  return count;
}
