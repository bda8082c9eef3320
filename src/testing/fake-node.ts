import { createServer, type Server, type Socket } from 'node:net';
import {
  type Message,
  REQUEST,
  RESPONSE,
  request,
  takeMessage,
  text,
  word,
} from '../../collect/dqlite/wire.js';
import type { Node } from '../../collect/runtimes/parts/runtime.js';

/** What fake nodes answer; tests change it as they go. */
export interface FakeAnswers {
  /** The name of the node that leads; null for none. */
  leader: string | null;
  /** Rows in the table of the workload; undefined while it is not there. */
  rows: number | undefined;
  /** The names of nodes that do not answer. */
  silent: Set<string>;
}

/** A server on the loopback that speaks as much of dqlite's protocol as the collector asks of a node. */
export class FakeNode implements Node {
  private constructor(
    readonly name: string,
    readonly address: { host: string; port: number },
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
  ) {}

  static async start(
    name: string,
    answers: FakeAnswers,
    nodes: () => readonly FakeNode[],
  ): Promise<FakeNode> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      let received: Buffer = Buffer.alloc(0);
      let greeted = false;
      socket.on('data', (bytes) => {
        if (answers.silent.has(name)) return;
        received = Buffer.concat([received, bytes]);
        if (!greeted && received.length >= 8) {
          greeted = true;
          received = received.subarray(8);
        }
        for (let taken = takeMessage(received); greeted && taken; taken = takeMessage(received)) {
          received = taken.rest;
          socket.write(answer(taken.message, answers, nodes()));
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    return new FakeNode(name, { host: '127.0.0.1', port }, server, sockets);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function answer({ type, body }: Message, answers: FakeAnswers, nodes: readonly FakeNode[]): Buffer {
  const addressOf = ({ address: { host, port } }: Node) => `${host}:${port}`;
  switch (type) {
    case REQUEST.leader: {
      const leader = nodes.find(({ name }) => name === answers.leader);
      return request(RESPONSE.node, word(0n), text(leader ? addressOf(leader) : ''));
    }
    case REQUEST.client:
      return request(RESPONSE.welcome, word(0n));
    case REQUEST.open:
      return request(RESPONSE.database, word(0n));
    case REQUEST.cluster: {
      const members = nodes.flatMap((node, i) => [word(BigInt(i + 1)), text(addressOf(node))]);
      return request(RESPONSE.nodes, word(BigInt(nodes.length)), ...members);
    }
    case REQUEST.transfer:
      answers.leader = nodes[Number(body.readBigUInt64LE(0)) - 1]!.name;
      return request(RESPONSE.empty, word(0n));
    case REQUEST.querySql: {
      if (answers.rows === undefined)
        return request(RESPONSE.failure, word(1n), text('no such table: model'));
      const integer = word(1n);
      const done = word(0xffffffffffffffffn);
      return request(RESPONSE.rows, word(1n), text('n'), integer, word(BigInt(answers.rows)), done);
    }
    default:
      return request(RESPONSE.failure, word(1n), text(`request ${type} is not known`));
  }
}
