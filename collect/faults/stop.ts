import { ending } from './crash.js';
import type { Fault } from './fault.js';

/** The process is asked to end (SIGTERM) and, at the lift, started again. */
export const stop: Fault = {
  kind: 'stop',
  about: 'the node is asked to end (SIGTERM) and started again at the lift',
  unit: null,
  needs: ['signals'],
  ends: true,
  prepare: (setting) => ending(setting, 'SIGTERM'),
};
