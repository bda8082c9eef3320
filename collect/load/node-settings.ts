import { z } from '../../src/common/bundled/zod.js';

const entries = z.int().min(1).max(1_000_000);

/** What a scenario may say of the nodes of the client's program. Default: go-dqlite's own. */
export const nodeSettingsSchema = z.strictObject({
  /** How many there are. Default: 3. */
  count: z.int().min(3).max(9).optional(),
  /** How many of them vote: the first ones. The next are standbys, and the last spares. Default: 3 and 3. */
  voters: z
    .int()
    .min(3)
    .max(9)
    .refine((n) => n % 2 === 1, 'an odd number, such as 3 or 5')
    .optional(),
  standbys: z.int().min(0).max(9).optional(),
  /** How many of them, the last ones, are not started with the cluster: a fault has them join. Default: 0. */
  newcomers: z.int().min(0).max(6).optional(),
  /** MiB of a file system for the data of each node alone. Default: none, unless the fault needs one. */
  volume_MB: z.int().min(64).max(65_536).optional(),
  /** The kernel's net.ipv4.tcp_retries2: how often what is not answered is sent again before a connection ends. */
  tcp_retries2: z.int().min(1).max(15).optional(),
  /** One way; the times of heartbeats and elections follow from it. */
  network_latency_ms: z.int().min(1).max(3600).optional(),
  /** Entries of the log after which a snapshot is taken, and that are kept after one. */
  snapshot_threshold: entries.optional(),
  snapshot_trailing: entries.optional(),
});

export type NodeSettings = z.infer<typeof nodeSettingsSchema>;

/** The same where several of each may be asked for: every combination is a configuration of its own. */
export const scenarioNodeSettingsSchema = z.strictObject({
  network_latency_ms: oneOrMore(nodeSettingsSchema.shape.network_latency_ms),
  snapshot_threshold: oneOrMore(nodeSettingsSchema.shape.snapshot_threshold),
  snapshot_trailing: oneOrMore(nodeSettingsSchema.shape.snapshot_trailing),
  count: oneOrMore(nodeSettingsSchema.shape.count),
  voters: oneOrMore(nodeSettingsSchema.shape.voters),
  standbys: oneOrMore(nodeSettingsSchema.shape.standbys),
  newcomers: oneOrMore(nodeSettingsSchema.shape.newcomers),
  volume_MB: oneOrMore(nodeSettingsSchema.shape.volume_MB),
  tcp_retries2: oneOrMore(nodeSettingsSchema.shape.tcp_retries2),
});

function oneOrMore<T extends z.ZodType>(value: T) {
  return z.union([value, z.array(value).min(1)]).optional();
}

/** Every combination of what a scenario asks of its nodes, each with what tells it from the others. */
export function nodeSettingsOf(
  asked: z.infer<typeof scenarioNodeSettingsSchema> | undefined,
): { nodes: NodeSettings; words: string[] }[] {
  let all: { nodes: NodeSettings; words: string[] }[] = [{ nodes: {}, words: [] }];
  for (const [name, value] of Object.entries(asked ?? {})) {
    const values = [value].flat();
    const label = name.replace(/_ms$|^network_|^snapshot_/g, '');
    all = all.flatMap(({ nodes, words }) =>
      values.map((one) => ({
        nodes: { ...nodes, [name]: one },
        words: values.length > 1 ? [...words, `${label}${one}`] : words,
      })),
    );
  }
  return all;
}
