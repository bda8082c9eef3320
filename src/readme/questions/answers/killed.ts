import { counted } from '../../../common/counted.js';
import { clientGroups, lengthOf } from '../../../results/derived/client-runs.js';
import { evidenceByRun } from '../../../results/runs/evidence.js';
import { type Ask, byRelease } from './answer.js';
import { caseWords } from './case.js';

/** In how many runs of the client the kernel killed a node that had too little memory. */
export const killed: Ask = byRelease(
  async (data) => {
    const measured = await evidenceByRun(data);
    const isKilled = ({ run_id }: { run_id: string }) =>
      (measured.get(run_id) ?? []).some(({ metric }) => metric === 'memory_kills');
    const limited = (await clientGroups(data)).filter(({ fault }) => fault === 'memory-limit');
    return limited.map((one) => ({ ...one, kills: one.trials.filter(isKilled).length }));
  },
  (same) =>
    same.map((one) => ({
      about: `Is it killed? ${caseWords({ ...one, lifted: lengthOf(one) !== null })}`,
      found: `in ${one.kills} of ${counted(one.trials.length, 'run')}`,
    })),
);
