import { figure } from './figure.js';
import { barsSpec } from './parts/bars.js';
import { as2022, askFaults, type Faults } from './parts/faults.js';
import { faultsCaption } from './parts/faults-caption.js';

export const leaderLatency = figure<Faults>({
  name: 'leader-latency',
  title: 'Read latency with harm to the leader',
  claim: 'How long reads take while the leader is harmed depends on the kind of harm.',
  question: (data) => askFaults(data, 'leader-latency', 'read_mean_ms', as2022('leader')),
  spec: ({ bars }) => barsSpec(bars, { title: 'Mean read latency (ms)', format: '~g' }),
  caption: faultsCaption,
});
