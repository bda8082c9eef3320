import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Address } from '../../collect/dqlite/client.js';
import { REQUEST, RESPONSE, readText, request, takeMessage, text } from '../../collect/dqlite/wire.js';
import type { Answers } from './old-copy.js';

/** Stands between clients and a node, and answers some of their reads in the node's place. */
export interface NodeProxy {
  readonly address: Address;
  /** From now on connections are passed on to this node. */
  aim(node: Address): void;
  close(): void;
}

/**
 * Opens a proxy on the loopback. It speaks as much of dqlite's protocol as that takes: clients who ask who leads are told the
 * address that `seenAs` gives for the leader's, so that they come through its proxy, and reads outside of transactions are
 * put to `answers` first.
 */
export async function openProxy(seenAs: (leader: string) => string, answers: Answers): Promise<NodeProxy> {
  let node: Address | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (!node) return void client.destroy();
    const upstream = connect(node.port, node.host);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.setNoDelay(true);
      sockets.add(one);
      one.on('error', () => {}); // its close follows
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    pass(client, upstream, seenAs, answers);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    aim(to) {
      node = to;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const HANDSHAKE_BYTES = 8;
/** The last word of rows: more messages of the same answer follow. */
const MORE = 0xee;

function pass(client: Socket, node: Socket, seenAs: (leader: string) => string, answers: Answers): void {
  let greeted = false;
  let inTransaction = false;
  // a client waits for the answer before it asks again
  let question: string | null = null;
  let answer: Buffer[] = [];
  const asked = splitInto((type, raw, body) => {
    question = null;
    if (type === REQUEST.execSql) inTransaction = staysOpen(readText(body, 8).value, inTransaction);
    if (type === REQUEST.querySql && !inTransaction) {
      question = raw.toString('latin1');
      const own = answers.answer(question);
      if (own) return void client.write(own);
    }
    node.write(raw);
  });
  const answered = splitInto((type, raw, body) => {
    if (type === RESPONSE.node) return void client.write(seenElsewhere(body, seenAs));
    client.write(raw);
    if (question === null || type !== RESPONSE.rows) return;
    answer.push(raw);
    if (raw.at(-1) === MORE) return;
    answers.learn(question, Buffer.concat(answer));
    answer = [];
  });
  client.on('data', (bytes: Buffer) => {
    if (greeted) return asked(bytes);
    // it comes in one piece: nothing is sent before it
    node.write(bytes.subarray(0, HANDSHAKE_BYTES));
    greeted = true;
    asked(bytes.subarray(HANDSHAKE_BYTES));
  });
  node.on('data', answered);
}

/** Calls back for each whole message of a stream. */
function splitInto(take: (type: number, raw: Buffer, body: Buffer) => void): (bytes: Buffer) => void {
  let left: Buffer = Buffer.alloc(0);
  return (bytes) => {
    left = Buffer.concat([left, bytes]);
    for (let found = takeMessage(left); found; found = takeMessage(left)) {
      const raw = left.subarray(0, left.length - found.rest.length);
      left = found.rest;
      take(found.message.type, raw, found.message.body);
    }
  };
}

function staysOpen(sql: string, before: boolean): boolean {
  if (/^\s*begin/i.test(sql)) return true;
  return /^\s*(commit|end|rollback)/i.test(sql) ? false : before;
}

/** Who leads, by the address under which clients are to reach that node. */
function seenElsewhere(body: Buffer, seenAs: (leader: string) => string): Buffer {
  const leader = readText(body, 8).value;
  return request(RESPONSE.node, body.subarray(0, 8), text(leader === '' ? '' : seenAs(leader)));
}
