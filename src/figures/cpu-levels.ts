import { figure } from './figure.js';
import { barsSpec } from './parts/bars.js';
import { askFaults, type Faults, levels } from './parts/faults.js';
import { faultsCaption } from './parts/faults-caption.js';

export const cpuLevels = figure<Faults>({
  name: 'cpu-levels',
  title: 'Read throughput by burners that compete with the leader',
  claim: 'How many reads burners beside the leader cost depends on how the host shares its CPU.',
  question: (data) => askFaults(data, 'cpu-levels', 'reads_per_s', levels('cpu-contention')),
  spec: ({ bars }) => barsSpec(bars, { title: 'Successful reads per second' }),
  caption: faultsCaption,
});
