import { figure } from './figure.js';
import { barsSpec } from './parts/bars.js';
import { as2022, askFaults, type Faults } from './parts/faults.js';
import { faultsCaption } from './parts/faults-caption.js';

export const leaderThroughput = figure<Faults>({
  name: 'leader-throughput',
  title: 'Read throughput with harm to the leader',
  claim: 'How many reads clients get while the leader is harmed depends on the kind of harm.',
  question: (data) => askFaults(data, 'leader-throughput', 'reads_per_s', as2022('leader')),
  spec: ({ bars }) => barsSpec(bars, { title: 'Successful reads per second' }),
  caption: faultsCaption,
});
