import type { Row } from '../../dataset/schema.js';
import { EXPECTED_MODEL } from '../../vocabulary/models.js';
import { among, listed, MissingData, type Queryable } from '../core/query.js';
import { type OneRun, runByName } from './run.js';

/** An operation that shows, with others, what is wrong in a run. Seconds are from the start of the workload. */
export interface WitnessOperation {
  operation: string;
  client: number;
  op: Row<'attempts'>['op'];
  /** The register or list; null of a transaction. */
  key: number | null;
  /** JSON, as in attempts. */
  argument: string | null;
  result: string | null;
  outcome: Row<'attempts'>['outcome'];
  node: string | null;
  sent_s: number;
  /** Null where it is open for ever. */
  done_s: number | null;
}

/** What is wrong in a run, and the operations that show it, by the time they were sent. */
export interface Witness {
  run: OneRun;
  reason: string;
  model: string;
  expected: string;
  operations: WitnessOperation[];
}

/**
 * The witness of a run by name, or of the invalid run that the fewest operations show.
 * @throws MissingData where there is none
 */
export async function witnessOf(data: Queryable, name?: string): Promise<Witness> {
  const runs = await data.query<Invalid>(
    `SELECT run_id, consistency_reason AS reason, consistency_model AS model, consistency_expected AS expected,
       consistency_witness AS witness
     FROM runs WHERE consistency = 'invalid' AND consistency_witness IS NOT NULL
       AND ${name === undefined ? 'true' : among('run_id', 'runs')} ORDER BY run_id`,
    name === undefined ? {} : { runs: listed([name]) },
  );
  const all = runs.map((run) => ({ ...run, stored: JSON.parse(run.witness) as Stored[] }));
  const [chosen] = all.toSorted((a, b) => a.stored.length - b.stored.length);
  if (!chosen)
    throw new MissingData(
      name === undefined ? 'no invalid run with the client' : `no invalid history of run ${name}`,
    );
  const run = await runByName(data, chosen.run_id, 'none');
  // JSON's numbers are read to the nearest 256 ns
  const seconds = (ns: number) => (ns - Number(run.start_ns)) / 1e9;
  const operations = chosen.stored.map(({ sent_ns, done_ns, ...rest }) => ({
    ...rest,
    sent_s: seconds(sent_ns),
    done_s: done_ns === null ? null : seconds(done_ns),
  }));
  const { reason, model, expected } = chosen;
  return { run, reason, model, expected: expected ?? EXPECTED_MODEL, operations };
}

interface Invalid {
  run_id: string;
  reason: string;
  model: string;
  expected: string | null;
  witness: string;
}

type Stored = Omit<WitnessOperation, 'sent_s' | 'done_s'> & { sent_ns: number; done_ns: number | null };
