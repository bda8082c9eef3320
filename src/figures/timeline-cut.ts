import { figure } from './figure.js';
import { timelineFigure } from './parts/timeline.js';

export const timelineCut = figure(
  timelineFigure(
    {
      name: 'timeline-cut',
      title: 'A cut of the leader’s network over time',
      claim: 'A leader that is cut off is replaced, but clients wait for longer than that takes.',
    },
    ['network-cut', 'network-cut-in', 'network-cut-out'],
    false,
  ),
);
