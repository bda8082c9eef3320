import { z } from '../../src/common/bundled/zod.js';
import { CLIENT_OPS } from '../../src/vocabulary/attempts.js';
import { RELEASES } from '../../src/vocabulary/releases.js';
import { MIX_NAMES } from './mixes.js';

const PERCENT = /^(\d+(\.\d+)?)%$/;

/** Operations a second, or a share of the capacity that the calibration of the block measured. */
export const rateSchema = z.custom<number | string>(
  (value) =>
    (typeof value === 'number' && value > 0) ||
    (typeof value === 'string' && Number(PERCENT.exec(value)?.[1]) > 0),
  'operations a second, such as 200, or a percentage of the capacity that was measured, such as 50%',
);
const share = z.number().min(0);
const seconds = z.number().positive();
const deadline = z.union([seconds, z.literal('none')]);
const mix = z.union([z.enum(MIX_NAMES), z.partialRecord(z.enum(CLIENT_OPS), share)]);

/** What a scenario may say of the client. Seconds and bytes are in the names. */
export const clientSchema = z.strictObject({
  /** open: by a schedule that does not wait; closed: each worker waits for its answer. */
  arrivals: z.enum(['open', 'closed']).default('open'),
  rate: rateSchema.default('50%'),
  spacing: z.enum(['uniform', 'poisson']).default('poisson'),
  /** Shares, which need not add up to one, or the name of a mix in mixes.ts. Default: the workload's. */
  mix: mix.optional(),
  keys: z.int().min(1).max(1_000_000).default(10),
  /** Exponent of Zipf's law; 0 is uniform. */
  zipf: z.number().min(0).max(10).default(0),
  value_bytes: z.int().min(0).max(1_048_576).default(0),
  /** What it does about writes that are refused: see collect/client/README.md. */
  policy: z.enum(['bare', 'retry', 'one-writer', 'kine', 'lxd']).default('one-writer'),
  remember_leader: z.boolean().default(false),
  /** Default: go-dqlite's own. */
  dial_timeout_s: seconds.optional(),
  /** For a node that took the connection to say who leads. Default: go-dqlite's own. */
  probe_timeout_s: seconds.optional(),
  /** Default: none. */
  attempt_timeout_s: seconds.optional(),
  operation_timeout_s: deadline.default(10),
  /** Whether every key is read once more after the workload, so that lost writes are seen. Default: false. */
  final_reads: z.boolean().optional(),
  /** The kernel's net.ipv4.tcp_retries2 where the client runs. Default: the kernel's own. */
  tcp_retries2: z.int().min(1).max(15).optional(),
  /** The Debian release whose go-dqlite the client has. Default: that of the nodes. */
  release: z.enum(RELEASES).optional(),
});

/** The same where several rates, mixes and deadlines may be asked for: each is a configuration of its own. */
export const scenarioClientSchema = clientSchema.extend({
  rate: z.union([rateSchema, z.array(rateSchema).min(1)]).default('50%'),
  mix: z.union([mix, z.array(mix).min(1)]).optional(),
  operation_timeout_s: z.union([deadline, z.array(deadline).min(1)]).default(10),
});

/** How the client of a run behaves. */
export type ClientSettings = z.infer<typeof clientSchema>;

/** The share of the capacity that a rate is, or null where it is absolute. */
export function shareOfCapacity({ arrivals, rate }: ClientSettings): number | null {
  if (arrivals === 'closed' || typeof rate === 'number') return null;
  return Number(PERCENT.exec(rate)![1]) / 100;
}
