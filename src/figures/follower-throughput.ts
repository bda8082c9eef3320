import { figure } from './figure.js';
import { barsSpec } from './parts/bars.js';
import { as2022, askFaults, type Faults } from './parts/faults.js';
import { faultsCaption } from './parts/faults-caption.js';

export const followerThroughput = figure<Faults>({
  name: 'follower-throughput',
  title: 'Read throughput with harm to a follower',
  claim: 'Harm to a follower costs clients few of their reads.',
  question: (data) => askFaults(data, 'follower-throughput', 'reads_per_s', as2022('follower')),
  spec: ({ bars }) => barsSpec(bars, { title: 'Successful reads per second' }),
  caption: faultsCaption,
});
