import { existsSync, readFileSync } from 'node:fs';
import { z } from '../common/bundled/zod.js';
import { UserError } from '../common/errors.js';

const counts = z.object({
  offered: z.int(),
  ok: z.int(),
  fail: z.int(),
  unknown: z.int(),
  dropped: z.int(),
});

const schema = z.object({
  format: z.literal(1),
  config: z.object({ addresses: z.array(z.string()) }),
  anchor: z.object({ reading_ns: z.int(), unix_ns: z.coerce.bigint() }),
  started_ns: z.int(),
  ended_ns: z.int().optional(),
  totals: counts.optional(),
});

/** What the client said of itself beside its attempts: `client.json`. */
export type ClientFile = z.infer<typeof schema>;

/** How many operations came to what. */
export type Counts = z.infer<typeof counts>;

/** @throws UserError where it is not there, or not what a client writes */
export function readClientFile(path: string): ClientFile {
  if (!existsSync(path))
    throw new UserError(`${path} is not there: expected what the client said of its run`);
  let content: unknown;
  try {
    content = JSON.parse(quotedBigNumbers(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new UserError(`${path}: not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`${path}: ${issue!.path.join('.')}: ${issue!.message}`);
}

/** Unix time in ns is beyond 2^53, which JSON.parse would round. */
function quotedBigNumbers(text: string): string {
  return text.replace(/("unix_ns":\s*)(\d+)/g, '$1"$2"');
}
