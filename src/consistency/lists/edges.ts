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
    const node = new Map(operations.map((operation, i) => [operation, i]));
    const written = rows(lists, ({ writers }) =>
      writers.flatMap((writer, position) => (writer ? [[position, node.get(writer)!]] : [])),
    );
    const met = rows(lists, ({ reads }) =>
      reads.map(({ operation, position }) => [position, node.get(operation)!]),
    );
    const hidden = rows(lists, (list) => list.unseen.map((operation) => [0, node.get(operation)!]));
    const ends = operations.map(endOf);
    const times = [
      Int32Array.from(operations.keys()),
      Float64Array.from(operations, ({ invoked_ns }) => invoked_ns),
      Float64Array.from(ends),
    ];
    const { connection } = this.duck;
    await connection.run(EMPTY_SQL);
    for (const [table, columns] of Object.entries({ written, met, unseen: hidden, times })) {
      await appendColumns(connection, table, columns);
    }
    const firstInstant = operations.length + lists.length;
    const instants = new Set(ends.filter((end) => end < Number.POSITIVE_INFINITY));
    this.query.bindInteger(1, operations.length);
    this.query.bindInteger(2, firstInstant);
    const [from, to, kind, list, unseen] = await integerColumns(await this.query.run(), 5);
    return {
      operations,
      nodes: firstInstant + instants.size,
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

/** Columns of list, position and node. */
function rows(lists: readonly ListOrder[], of: (list: ListOrder) => number[][]): Int32Array[] {
  const all = lists.map(of);
  const length = all.reduce((sum, part) => sum + part.length, 0);
  const columns = [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
  let row = 0;
  all.forEach((part, list) => {
    for (const [position, node] of part) {
      columns[0]![row] = list;
      columns[1]![row] = position!;
      columns[2]![row++] = node!;
    }
  });
  return columns;
}
