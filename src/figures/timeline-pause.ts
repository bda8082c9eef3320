import { figure } from './figure.js';
import { timelineFigure } from './parts/timeline.js';

export const timelinePause = figure(
  timelineFigure(
    {
      name: 'timeline-pause',
      title: 'A pause of the leader over time',
      claim: 'A leader that is frozen is replaced, and joins again once it is thawed.',
    },
    ['pause'],
    false,
  ),
);
