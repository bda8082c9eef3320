import { counted } from '../../../common/counted.js';
import { clientGroups, lengthOf } from '../../../results/derived/client-runs.js';
import { killedForMemory } from '../../../results/runs/evidence.js';
import { type Ask, byRelease } from './answer.js';
import { caseWords } from './case.js';

/** In how many runs of the client the kernel killed a node that had too little memory. */
export const killed: Ask = byRelease(
  async (data) => {
    const died = await killedForMemory(data);
    const limited = (await clientGroups(data)).filter(({ fault }) => fault === 'memory-limit');
    return limited.map((one) => ({
      ...one,
      kills: one.trials.filter(({ run_id }) => died.has(run_id)).length,
    }));
  },
  (same) =>
    same.map((one) => ({
      about: `Is it killed? ${caseWords({ ...one, lifted: lengthOf(one) !== null })}`,
      found: `in ${one.kills} of ${counted(one.trials.length, 'run')}`,
    })),
);
