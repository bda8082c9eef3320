import { figure } from './figure.js';
import { timelineFigure } from './parts/timeline.js';

export const timeline = figure(
  timelineFigure(
    {
      name: 'timeline',
      title: 'A crash of the leader over time',
      claim: 'When the leader crashes, clients wait until there is a new one, and then go on as before.',
    },
    ['crash', 'stop', 'pause', 'network-cut'],
    true,
  ),
);
