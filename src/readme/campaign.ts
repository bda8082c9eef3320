import type { Queryable } from '../results/core/query.js';
import { faultWorkers } from '../results/derived/configurations.js';
import { overview } from '../results/derived/overview.js';
import { OTHER_CPU_LIMIT } from '../vocabulary/flags.js';

/** What the campaign is: its runs, its machine, and what of it this repository has. */
export async function campaignWords(data: Queryable): Promise<string> {
  const found = await overview(data);
  const workers = await faultWorkers(data);
  const million = (n: number) => `${(n / 1e6).toFixed(1)} million`;
  const [first, last] = [found.first, found.last].map((time) => time?.slice(0, 10));
  const when = first === last ? `on ${first}` : `from ${first} to ${last}`;
  const failed = found.failed.map(({ name, runs, reason }) => `${name} (${runs} runs: ${reason})`);
  const limit = `${100 * OTHER_CPU_LIMIT} %`;
  const sentences = [
    `${found.runs} runs ${when}, ${found.complete} of them complete, on a virtual machine with ${found.host_cpus} cores and ${found.host_swap_bytes ? 'swap' : 'no swap'} (kernel ${found.kernel}).`,
    failed.length > 0 ? `Failed, and not drawn: ${failed.join(', ')}.` : '',
    found.not_tested.length > 0
      ? `Not tested, and not drawn, since no measurement shows that their fault took effect: ${found.not_tested.join(', ')}.`
      : '',
    found.disturbed > 0
      ? `In ${found.disturbed} of them others used more than ${limit} of the CPU, also when tried again.`
      : `In none of them did others use more than ${limit} of the CPU.`,
    `The runs with a fault have ${workers} workers.`,
    found.runs_without > 0
      ? `Of ${million(found.operations)} operations the repository has ${million(found.operations_kept)}: for its size, those of ${found.runs_without} runs, all trials but the first, were left out; the results of all runs are in \`results/\`.`
      : '',
  ];
  return sentences.filter(Boolean).join('\n');
}
