import { figure } from './figure.js';
import { timelineFigure } from './parts/timeline.js';

export const timeline = figure(
  timelineFigure(
    {
      name: 'timeline',
      title: 'A crash of the leader over time',
      claim: 'When the leader is lost, clients wait, and for longer than it takes to choose another.',
    },
    ['crash', 'stop', 'pause', 'network-cut'],
    true,
  ),
);
