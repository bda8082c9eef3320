import { figure } from './figure.js';
import { barsSpec } from './parts/bars.js';
import { askFaults, type Faults, levels } from './parts/faults.js';
import { faultsCaption } from './parts/faults-caption.js';

export const memoryLevels = figure<Faults>({
  name: 'memory-levels',
  title: 'Read throughput by memory limit of the leader',
  claim: 'A memory limit that the leader fits in costs its clients no reads.',
  question: (data) => askFaults(data, 'memory-levels', 'reads_per_s', levels('memory-limit')),
  spec: ({ bars }) => barsSpec(bars, { title: 'Successful reads per second' }),
  caption: faultsCaption,
});
