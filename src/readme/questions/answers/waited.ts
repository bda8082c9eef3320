import { waitWords } from '../../../figures/parts/wait-words.js';
import { firstWrite } from '../../../findings/settings.js';
import { allOf } from '../../../findings/waits.js';
import { MissingData } from '../../../results/core/query.js';
import { libraryRelease } from '../../../results/derived/client-runs.js';
import { recoveries } from '../../../results/derived/recovery.js';
import { outageGroups } from '../../../results/outages.js';
import { type Answer, type Ask, byCase, byRelease, otherwise } from './answer.js';

/**
 * When a write succeeded again after one of these faults took a node away, for clients with the library of the nodes'
 * release; of a release for which no client with an open loop tells that, for how long no operation of 2022’s benchmark
 * succeeded.
 */
export function waited(faults: readonly string[], role: 'leader' | 'follower' = 'leader'): Ask {
  return otherwise(
    byCase(
      async (data) => {
        if (role !== 'leader') throw new MissingData('no recovery of a follower');
        return (await recoveries(data)).filter(
          (one) =>
            faults.includes(one.fault) &&
            one.arrivals === 'open' &&
            libraryRelease(one) === one.debian_release,
        );
      },
      (same) => same.map((one) => answerOf(one, same)),
      'losses',
    ),
    byRelease(
      async (data) =>
        (await outageGroups(data, role)).filter(
          ({ fault, lifted }) => faults.includes(fault) && !(fault === 'crash' && lifted),
        ),
      (same) => [{ about: 'In 2022’s benchmark', found: `no success for ${waitWords(allOf(same))}` }],
      'losses',
    ),
  );
}

type Recovered = Awaited<ReturnType<typeof recoveries>>[number];

/** The client's deadline is named where the same scenario was tried with several; its release is that of the nodes. */
function answerOf(one: Recovered, all: readonly Recovered[]): Answer {
  const { scenario, client_settings } = one;
  const several = all.filter((one) => one.scenario === scenario).length > 1;
  const { operation_timeout_s: deadline } = JSON.parse(client_settings);
  return {
    about: `${scenario.replace(/-client-\w+$/, '')}${several ? ` (deadline ${deadline} s)` : ''}`,
    found: `first write after ${firstWrite(one)}`,
  };
}
