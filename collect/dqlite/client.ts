import { connect, type Socket } from 'node:net';
import {
  handshake,
  type Message,
  REQUEST,
  RESPONSE,
  readIntegers,
  readText,
  request,
  takeMessage,
  text,
  word,
} from './wire.js';

/** Of an answer about the cluster: each member with its role. */
const WITH_ROLES = 1n;

export interface Address {
  host: string;
  port: number;
  /** A socket of this machine that leads there, where host and port are those of another network. */
  socket?: string;
}

/** What a node answers instead of a result: not the leader, no such table, … */
export class DqliteError extends Error {
  override name = 'DqliteError';
}

/** What a member does: a voter votes, a standby has the log and may become one, a spare has neither. */
export type MemberRole = (typeof ROLES)[number];

/** By dqlite's numbers. */
const ROLES = ['voter', 'standby', 'spare'] as const;

/**
 * One connection to a dqlite node, opened when first used and again after it was lost. Every call ends with an
 * error after `timeoutMs`. Calls are answered in order.
 */
export class DqliteClient {
  private socket: Socket | undefined;
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (message: Message) => void; reject: (error: Error) => void }[] = [];

  constructor(
    private readonly address: Address,
    private readonly timeoutMs = 1000,
  ) {}

  /** The address (host:port) of the leader as this node sees it, or undefined when it knows none. */
  async leader(): Promise<string | undefined> {
    const { body } = await this.call(RESPONSE.node, REQUEST.leader, word(0n));
    return readText(body, 8).value || undefined;
  }

  /** The members' ids by address (host:port). */
  async members(): Promise<Map<string, bigint>> {
    const { body } = await this.call(RESPONSE.nodes, REQUEST.cluster, word(0n));
    const members = new Map<string, bigint>();
    let offset = 8;
    for (let i = body.readBigUInt64LE(0); i > 0n; i--) {
      const { value, next } = readText(body, offset + 8);
      members.set(value, body.readBigUInt64LE(offset));
      offset = next;
    }
    return members;
  }

  /** The addresses (host:port) of the members, each with its role. */
  async roles(): Promise<Map<string, MemberRole>> {
    const { body } = await this.call(RESPONSE.nodes, REQUEST.cluster, word(WITH_ROLES));
    const roles = new Map<string, MemberRole>();
    let offset = 8;
    for (let i = body.readBigUInt64LE(0); i > 0n; i--) {
      const { value, next } = readText(body, offset + 8);
      roles.set(value, ROLES[Number(body.readBigUInt64LE(next))] ?? 'spare');
      offset = next + 8;
    }
    return roles;
  }

  /** Hands leadership to the member with this id; only the leader can. */
  async transferTo(id: bigint): Promise<void> {
    await this.call(RESPONSE.empty, REQUEST.transfer, word(id));
  }

  /** Takes the member with this id out of the cluster; only the leader can. */
  async remove(id: bigint): Promise<void> {
    await this.call(RESPONSE.empty, REQUEST.remove, word(id));
  }

  /** Takes a node into the cluster, as a spare; only the leader can. */
  async add(id: bigint, address: string): Promise<void> {
    await this.call(RESPONSE.empty, REQUEST.add, word(id), text(address));
  }

  /** Makes a member vote, once it has caught up; only the leader can. */
  async makeVoter(id: bigint): Promise<void> {
    await this.call(RESPONSE.empty, REQUEST.assign, word(id), word(BigInt(ROLES.indexOf('voter'))));
  }

  /** The integers of a query with one column of integers; only the leader answers. */
  async queryIntegers(database: string, sql: string): Promise<bigint[]> {
    await this.call(RESPONSE.welcome, REQUEST.client, word(0n));
    const opened = await this.call(
      RESPONSE.database,
      REQUEST.open,
      text(database),
      word(0n),
      text('volatile'),
    );
    const id = word(BigInt(opened.body.readUInt32LE(0)));
    const { body } = await this.call(RESPONSE.rows, REQUEST.querySql, id, text(sql));
    this.close(); // a database can be opened once a connection
    return readIntegers(body);
  }

  close(): void {
    this.fail(new Error('connection closed'));
  }

  private call(expected: number, type: number, ...parts: Buffer[]): Promise<Message> {
    const socket = this.open();
    return new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => this.fail(new Error('no answer in time')), this.timeoutMs);
      this.waiting.push({
        resolve: (message) => {
          clearTimeout(timer);
          if (message.type === expected) resolve(message);
          else reject(refusal(message));
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      socket.write(request(type, ...parts));
    });
  }

  private open(): Socket {
    if (this.socket) return this.socket;
    const { host, port, socket: path } = this.address;
    const socket = connect(path ? { path } : { host, port, noDelay: true });
    this.socket = socket;
    socket.write(handshake);
    socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
      for (let taken = takeMessage(this.received); taken; taken = takeMessage(this.received)) {
        this.received = taken.rest;
        this.waiting.shift()?.resolve(taken.message);
      }
    });
    // a late event of a socket that was given up must not end its successor
    const lost = (error: Error) => this.socket === socket && this.fail(error);
    socket.on('error', lost);
    socket.on('close', () => lost(new Error('connection lost')));
    return socket;
  }

  private fail(error: Error): void {
    this.socket?.destroy();
    this.socket = undefined;
    this.received = Buffer.alloc(0);
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}

function refusal({ type, body }: Message): Error {
  if (type !== RESPONSE.failure) return new Error(`unexpected answer of type ${type}`);
  return new DqliteError(readText(body, 8).value);
}
