import { LOSSES } from '../vocabulary/faults.js';
import { figure } from './parts/figure.js';
import { timelineFigure } from './parts/timeline.js';

/** Runs over time, one for each way of losing the leader that looks its own. */
export default [
  figure(
    timelineFigure({
      name: 'timeline',
      ofClient: 'service-over-time',
      order: 90,
      title: 'The loss of the leader over time',
      claim: 'When the leader is lost, clients wait, and for longer than it takes to choose another.',
      faults: ['crash', ...LOSSES.filter((kind) => kind !== 'crash')],
      ofRun: true,
    }),
  ),
  figure(
    timelineFigure({
      name: 'timeline-pause',
      ofClient: 'service-over-time',
      order: 100,
      title: 'A pause of the leader over time',
      claim: 'A leader that is frozen is replaced, and joins again once it goes on.',
      faults: ['pause'],
    }),
  ),
  figure(
    timelineFigure({
      name: 'timeline-cut',
      ofClient: 'service-over-time',
      order: 110,
      title: 'A cut of the leader’s network over time',
      claim: 'A leader that is cut off is replaced, but clients wait for longer than that takes.',
      faults: ['network-cut', 'network-cut-in', 'network-cut-out'],
    }),
  ),
];
