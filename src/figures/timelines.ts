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
      question: 'What do clients see when the leader is lost, second by second?',
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
      question: 'What do clients see when the leader is paused and goes on, second by second?',
      faults: ['pause'],
    }),
  ),
  figure(
    timelineFigure({
      name: 'timeline-cut',
      ofClient: 'service-over-time',
      order: 110,
      title: 'A cut of the leader’s network over time',
      question: 'What do clients see when the leader’s network is cut and mended, second by second?',
      faults: ['network-cut', 'network-cut-in', 'network-cut-out'],
    }),
  ),
];
