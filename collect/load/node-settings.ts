import { z } from 'zod';

const entries = z.int().min(1).max(1_000_000);

/** What a scenario may say of the nodes of the client's program. Default: go-dqlite's own. */
export const nodeSettingsSchema = z.strictObject({
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
