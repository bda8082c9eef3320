import { configurations, faultWorkers } from '../analysis/configurations.js';
import type { Queryable } from '../analysis/question.js';
import { trials } from '../analysis/trials.js';
import { STAND_INS } from '../dataset/schema.js';

interface Facts {
  runs: number;
  complete: number;
  failed: string | null;
  unproven: string | null;
  disturbed: number;
  first: string;
  last: string;
  cpus: number;
  swap: number;
  kernel: string;
  left_out: number;
  runs_without: number;
}

/** What the campaign is: its runs, its machine, and what of it this repository has. */
export async function campaignWords(data: Queryable): Promise<string> {
  const [facts] = await data.query<Facts>(
    `SELECT count(*)::INTEGER AS runs, count(*) FILTER (status = 'complete')::INTEGER AS complete,
       (SELECT string_agg(name || ' (' || n || ' runs: ' || reason || ')', ', ' ORDER BY name) FROM (
         SELECT regexp_replace(run_id, '-t[0-9]+$', '') AS name, count(*) AS n, min(status_reason) AS reason
         FROM runs WHERE status = 'failed' GROUP BY name)) AS failed,
       string_agg(run_id, ', ' ORDER BY run_id)
         FILTER (status = 'complete' AND fault <> 'none' AND NOT coalesce(fault_proven, false)) AS unproven,
       count(*) FILTER (flags LIKE '%other_cpu%')::INTEGER AS disturbed,
       min(started_at) AS first, max(started_at) AS last,
       any_value(host_cpus) AS cpus, max(host_swap_bytes)::DOUBLE AS swap, any_value(kernel) AS kernel,
       (SELECT coalesce(sum(n), 0)::DOUBLE FROM tallies) AS left_out,
       (SELECT count(DISTINCT run_id)::INTEGER FROM tallies) AS runs_without FROM runs`,
  );
  const [kept] = await data.query<{ n: number }>('SELECT count(*)::DOUBLE AS n FROM operations');
  const workers = faultWorkers(configurations(await trials(data)));
  const f = facts!;
  const million = (n: number) => `${(n / 1e6).toFixed(1)} million`;
  const day = (time: string) => time.slice(0, 10);
  const when = day(f.first) === day(f.last) ? `on ${day(f.first)}` : `from ${day(f.first)} to ${day(f.last)}`;
  const sentences = [
    `${f.runs} runs ${when}, ${f.complete} of them complete, on a virtual machine with ${f.cpus} cores and ${f.swap > 0 ? 'swap' : 'no swap'} (kernel ${f.kernel}).`,
    f.failed ? `Failed, and not drawn: ${f.failed}.` : '',
    f.unproven ? `Without evidence of their fault, and not drawn: ${f.unproven}.` : '',
    f.disturbed > 0
      ? `In ${f.disturbed} of them others used more than 5 % of the CPU, also when tried again.`
      : 'In none of them did others use more than 5 % of the CPU.',
    `The runs with a fault have ${workers} workers.`,
    f.left_out > 0
      ? `Of ${million(kept!.n + f.left_out)} operations the repository has ${million(kept!.n)}: for its size, those of ${f.runs_without} runs, all trials but the first, were left out once what they came to had been written to ${STAND_INS.map((name) => `\`${name}.csv\``).join(', ')}.`
      : '',
  ];
  return sentences.filter(Boolean).join('\n');
}
