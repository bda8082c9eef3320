import { figure } from './figure.js';
import { barsSpec } from './parts/bars.js';
import { as2022, askFaults, type Faults } from './parts/faults.js';
import { faultsCaption } from './parts/faults-caption.js';

export const followerLatency = figure<Faults>({
  name: 'follower-latency',
  title: 'Read latency with harm to a follower',
  claim: 'Harm to a follower hardly changes the latency that clients see.',
  question: (data) => askFaults(data, 'follower-latency', 'read_mean_ms', as2022('follower')),
  spec: ({ bars }) => barsSpec(bars, { title: 'Mean read latency (ms)', format: '~g' }),
  caption: faultsCaption,
});
