import { DqliteClient } from '../dqlite/client.js';
import type { Node } from '../runtimes/parts/runtime.js';
import { type Broken, isOfTheCode, rethrow } from '../worldly-reason.js';

/** How often each node is asked: a change of leader is known to within this and the time of an answer. */
export const LEADER_WATCH_MS = 50;

/** An older answer says nothing about now. */
const FRESH_MS = 400;

/**
 * Asks every node who leads, over a connection each that stays open. The leader is the one that says so of itself; a
 * leader that was cut off goes on saying so, hence of two the one that more nodes name. `changed` is told the new
 * leader, or null when none has said so for a while.
 */
export class LeaderWatch {
  private readonly views = new Map<string, View>();
  private readonly clients: { node: Node; client: DqliteClient; asking: boolean }[];
  private timer: NodeJS.Timeout | undefined;
  private current: Node | null = null;

  constructor(
    private readonly nodes: readonly Node[],
    private readonly changed: (leader: Node | null) => void,
    private readonly broken: Broken = rethrow,
  ) {
    this.clients = nodes.map((node) => ({
      node,
      client: new DqliteClient(node.address, 500),
      asking: false,
    }));
  }

  begin(): void {
    this.timer ??= setInterval(() => this.ask(), LEADER_WATCH_MS);
  }

  /** Whoever leads now, or null. */
  get leader(): Node | null {
    return this.current;
  }

  end(): void {
    clearInterval(this.timer);
    for (const { client } of this.clients) client.close();
  }

  private ask(): void {
    for (const entry of this.clients) {
      if (entry.asking) continue;
      entry.asking = true;
      entry.client
        .leader()
        .then(
          (leader) => this.views.set(entry.node.name, { leader, at: performance.now() }),
          (error) => {
            // a node that does not answer has no view: its last one grows old
            if (isOfTheCode(error)) throw error;
          },
        )
        .then(() => {
          entry.asking = false;
          this.judge();
        })
        .catch(this.broken);
    }
  }

  private judge(): void {
    const leader = leaderOf(this.nodes, this.views, performance.now());
    if (leader === this.current) return;
    this.current = leader;
    this.changed(leader);
  }
}

/** Whom a node names as the leader (host:port), and when it did, in ms. */
export interface View {
  leader: string | undefined;
  at: number;
}

/** Who leads, by the views of nodes by their names: those that are older than a moment say nothing about now. */
export function leaderOf(nodes: readonly Node[], views: ReadonlyMap<string, View>, now: number): Node | null {
  const fresh = (node: Node) => {
    const view = views.get(node.name);
    return view && now - view.at < FRESH_MS ? view.leader : undefined;
  };
  const named = (node: Node) => nodes.filter((other) => fresh(other) === addressOf(node)).length;
  const [leader = null] = nodes
    .filter((node) => fresh(node) === addressOf(node))
    .sort((a, b) => named(b) - named(a));
  return leader;
}

function addressOf({ address: { host, port } }: Node): string {
  return `${host}:${port}`;
}
